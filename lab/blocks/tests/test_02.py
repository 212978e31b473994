import pytest
from bookapi.main import AuthorCreate, app
from pydantic import ValidationError

BOOK = {"title": "Emma", "author_id": 1, "published_date": "1815-12-23", "isbn": "9780141439587"}


def test_a_new_book_is_answered_with_201_and_listed(api):
    client = api(app)
    response = client.post("/books/", json=BOOK)
    stored = {"id": 1, "author_name": "Jane Austen", **{k: v for k, v in BOOK.items() if k != "author_id"}}
    assert (response.status_code, response.json()) == (201, stored)
    assert client.get("/books/").json() == [stored]
    assert client.get("/books/?skip=1").json() == []


@pytest.mark.parametrize("day", ["31 February", "2026-02-31", ""])
def test_a_day_that_there_is_not_is_refused(api, day):
    assert api(app).post("/books/", json={**BOOK, "published_date": day}).status_code == 422


def test_what_is_no_email_address_is_refused():
    assert AuthorCreate(name="Jane Austen", email="jane@example.com").name == "Jane Austen"
    with pytest.raises(ValidationError):
        AuthorCreate(name="Jane Austen", email="not an address")


def test_the_analytics_are_gathered(api):
    assert api(app).get("/analytics/7").json() == {"user": {"id": 7}, "stats": {"read": 3}, "recommendations": ["Emma"]}


def test_the_models_stand_in_the_openapi_document(api):
    schemas = api(app).get("/openapi.json").json()["components"]["schemas"]
    assert schemas["BookCreate"]["properties"]["published_date"]["format"] == "date"
