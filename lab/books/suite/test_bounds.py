"""The ends of what is allowed, and what must not depend on where the server stands."""

from __future__ import annotations

import time

import jwt
import pytest

from lab.books.instances import EDITOR, PASSWORD
from lab.books.items import limit
from lab.books.sample import AUTHORS, SEEDED, book, new_isbn
from lab.books.suite.conftest import bearer, client_of, eventually, fields_of, is_problem, requests_of, token

LONGEST = "x" * limit("title-length")
ACCEPTED = [
    ("pages", 1), ("pages", 1_000_000), ("published", "0001-01-01"), ("published", "9999-12-31"),
    ("published", "0476-09-04"), ("published", "2000-02-29"), ("title", "x"), ("title", LONGEST),
]  # fmt: skip
SAFE = 2**53 - 1
"""The largest number that JavaScript tells from its neighbours."""


@pytest.mark.item("create")
@pytest.mark.parametrize(("field", "value"), ACCEPTED)
def test_what_is_just_allowed_is_stored(editor, field, value):
    made = editor.post("/api/books", json=book(**{field: value})).json()
    assert made[field] == value
    assert editor.get(f"/api/books/{made['id']}").json() == made


@pytest.mark.item("create")
def test_blanks_around_a_title_do_not_count(editor):
    made = editor.post("/api/books", json=book(title=f"  {LONGEST}\t ")).json()
    assert made["title"] == LONGEST
    assert fields_of(editor.post("/api/books", json=book(title=f" {LONGEST}x "))) == {"title"}


@pytest.mark.item("partial-update")
def test_an_update_stores_as_a_creation_does(editor):
    made = editor.post("/api/books", json=book()).json()
    for sent, stored in ((f" {LONGEST}  ", LONGEST), ("  Trimmed ", "Trimmed")):
        assert editor.patch(f"/api/books/{made['id']}", json={"title": sent}).json() == made | {"title": stored}


@pytest.mark.item("bulk-import")
def test_an_import_stores_as_a_creation_does(editor):
    isbn, title = new_isbn(), f"As a creation {new_isbn()}"
    sent = [
        book(title=f"  {title}  ", isbn=f"{isbn[:3]}-{isbn[3]} {isbn[4:]}", pages=1, author_id=2),
        book(title=f"{title}, too", published="0001-01-01", pages=None, author_id=3),
    ]
    assert editor.post("/api/books/import", json=sent).status_code == 201
    first, second = editor.get("/api/books", params={"q": title}).json()["items"]
    assert (first["title"], first["isbn"], first["pages"], first["author"]["id"]) == (title, isbn, 1, 2)
    assert (second["published"], second["pages"], second["author"]["id"]) == ("0001-01-01", None, 3)


@pytest.mark.item("bulk-import")
def test_an_empty_array_imports_nothing(editor):
    total = editor.get("/api/books").json()["total"]
    answer = editor.post("/api/books/import", json=[])
    assert (answer.status_code, answer.json()) == (201, {"imported": 0})
    assert editor.get("/api/books").json()["total"] == total


@pytest.mark.item("bulk-import")
def test_an_unknown_author_is_named_with_the_place(editor):
    many = [book(title="With nobody"), book(title="With nobody", author_id=999_999), book(title="With nobody")]
    errors = is_problem(editor.post("/api/books/import", json=many), 422)["errors"]
    assert {(error["index"], error["field"]) for error in errors} == {(1, "author_id")}
    assert editor.get("/api/books", params={"q": "With nobody"}).json()["total"] == 0


@pytest.mark.item("bulk-import")
def test_all_faults_of_an_import_are_named(editor):
    many = [book(title="", pages=0), book(), book(published="2023-02-29", isbn="123")]
    errors = is_problem(editor.post("/api/books/import", json=many), 422)["errors"]
    wanted = {(0, "title"), (0, "pages"), (2, "published"), (2, "isbn")}
    assert {(error["index"], error["field"]) for error in errors} == wanted


@pytest.mark.item("paging")
@pytest.mark.parametrize("path", ["/api/books", "/api/authors"])
@pytest.mark.parametrize("number", [10**15, 10**17, 2**63 - 1])
def test_a_page_past_the_end_is_empty_however_far(client, path, number):
    answer = client.get(path, params={"page": number, "per_page": 100})
    if number > SAFE and answer.status_code == 422:
        assert fields_of(answer) == {"page"}
        return
    found = answer.json()
    assert (answer.status_code, found["items"], found["per_page"]) == (200, [], 100)
    assert found["total"] >= len(AUTHORS)
    assert number > SAFE or found["page"] == number


@pytest.mark.item("filtering")
def test_a_year_before_1000_is_found(editor):
    made = editor.post("/api/books", json=book(title="Long ago", published="0476-09-04")).json()
    found = editor.get("/api/books", params={"q": "Long ago", "year": 476}).json()["items"]
    assert [item["id"] for item in found] == [made["id"]]


@pytest.mark.item("request-log")
@pytest.mark.parametrize("length", [1, 37, limit("request-id-length")])
def test_an_id_may_be_as_long_as_is_said(client, server, length):
    own = ("Id." + new_isbn() * 5)[-length:]
    assert client.get("/api/statistics", headers={"X-Request-ID": own}).headers["x-request-id"] == own
    assert eventually(lambda: requests_of(server, own))


@pytest.mark.item("configuration")
def test_the_ends_of_the_settings_are_accepted(serve):
    own = serve(BOOKS_PAGE_SIZE="100", BOOKS_SECRET="s" * 32, BOOKS_TOKEN_SECONDS="1", BOOKS_PASSWORD="1")
    with client_of(own) as client:
        page = client.get("/api/books").json()
        assert (page["per_page"], len(page["items"])) == (100, SEEDED)
        answer = client.post("/api/token", json={"username": EDITOR, "password": "1"})
        assert answer.json()["expires_in"] == 1
        assert client.post("/api/books", json=book(), headers=bearer(token("s" * 32))).status_code == 201


@pytest.mark.item("authentication")
@pytest.mark.parametrize("side", ["western", "eastern"])
def test_a_token_expires_at_the_same_moment_everywhere(request, side):
    with client_of(request.getfixturevalue(side)) as client:
        given = client.post("/api/token", json={"username": EDITOR, "password": PASSWORD}).json()["access_token"]
        claims = jwt.decode(given, options={"verify_signature": False})
        assert claims["exp"] == pytest.approx(time.time() + 3600, abs=20)
        assert PASSWORD not in str(claims)
        sent = book(title=f"The first of {new_isbn()}", published="2024-01-01")
        made = client.post("/api/books", json=sent, headers=bearer(given)).json()
        assert made["published"] == "2024-01-01"
        is_problem(client.post("/api/books", json=book(), headers=bearer(token(seconds=-60))), 401)
        assert client.get("/api/books", params={"q": sent["title"], "year": 2024}).json()["items"] == [made]
        assert f"{sent['isbn']},2024-01-01," in client.get("/api/books.csv").text
