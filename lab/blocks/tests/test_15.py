import re

import forms
import pytest

BOOK = {"title": "Emma", "author_id": "2", "published_date": "1815-12-23", "isbn": "9780141439587"}


@pytest.fixture
def client(library):
    return library.app.test_client()


def token(client):
    return re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', client.get("/books/create").text)[1]


def stored():
    with forms.app.app_context():
        return [book.title for book in forms.db.session.scalars(forms.db.select(forms.Book).order_by(forms.Book.id))]


def test_a_form_with_its_token_stores_the_book(client):
    response = client.post("/books/create", data={**BOOK, "csrf_token": token(client)})
    assert (response.status_code, response.location) == (302, "/books")
    assert stored() == ["O'Reilly", "Emma"]


def test_a_form_without_its_token_stores_nothing(client):
    before = stored()
    assert client.post("/books/create", data={**BOOK, "isbn": "9780141439594"}).status_code == 400
    assert stored() == before


def test_a_wrong_isbn_stores_nothing(client):
    before = stored()
    response = client.post("/books/create", data={**BOOK, "isbn": "978", "csrf_token": token(client)})
    assert response.status_code == 200
    assert stored() == before


def test_the_json_api_goes_on_working(client):
    assert client.post("/api/books", json={**BOOK, "author_id": 1, "isbn": "9780141182682"}).status_code == 201


def test_a_search_finds_an_apostrophe_and_escapes_on_output(client):
    text = client.get("/search?q=O'Reilly").text
    assert "<p>Results for O&#39;Reilly</p>" in text
    assert "<p>O&#39;Reilly</p>" in text
    assert "<script>" not in client.get("/search?q=<script>").text


def test_a_search_for_a_wildcard_finds_only_that(client):
    assert "<p>O&#39;Reilly</p>" not in client.get("/search?q=%25").text
