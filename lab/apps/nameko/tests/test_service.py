import time

import jwt
import pytest
from nameko.testing.services import worker_factory
from werkzeug.test import EnvironBuilder

from books.service import BooksService

DISPOSSESSED = {
    "title": " The Dispossessed ",
    "isbn": "978-0-06-051275-0",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}


# region testing
def test_a_created_book_is_answered_and_found(editor):
    created = editor.post("/api/books", json=DISPOSSESSED)
    assert created.status_code == 201
    assert created.json()["title"] == "The Dispossessed"
    assert editor.get(created.headers["Location"]).json() == created.json()


def test_every_fault_is_named(editor):
    answer = editor.post("/api/books", json={"title": " ", "isbn": "1", "author_id": 7})
    assert answer.status_code == 422
    faults = {error["field"] for error in answer.json()["errors"]}
    assert faults == {"title", "isbn", "published", "author_id"}


def test_others_are_told_of_a_book(session):
    service = worker_factory(BooksService, db=session)
    service.create_book(EnvironBuilder(method="POST", json=DISPOSSESSED).get_request())
    (event,) = service.notify.call_args.args
    assert event["book"]["author"]["name"] == "Ursula K. Le Guin"
    service.live.assert_called_once_with(event)


# endregion


def test_an_isbn_is_taken_once(editor):
    assert editor.post("/api/books", json=DISPOSSESSED).status_code == 201
    assert editor.post("/api/books", json=DISPOSSESSED).status_code == 409


def test_a_change_leaves_the_other_fields(editor):
    editor.post("/api/books", json=DISPOSSESSED)
    changed = editor.patch("/api/books/1", json={"pages": None}).json()
    assert (changed["pages"], changed["title"]) == (None, "The Dispossessed")


def test_a_deleted_book_is_gone(editor):
    editor.post("/api/books", json=DISPOSSESSED)
    assert editor.delete("/api/books/1").status_code == 204
    assert editor.get("/api/books/1").status_code == 404
    assert editor.patch("/api/books/1", json={"title": "Again"}).status_code == 404
    assert editor.delete("/api/books/1").status_code == 404


def test_nothing_of_a_faulty_import_is_stored(editor):
    answer = editor.post("/api/books/import", json=[DISPOSSESSED, DISPOSSESSED])
    assert answer.status_code == 422
    assert [error["index"] for error in answer.json()["errors"]] == [1]
    assert editor.get("/api/books").json()["total"] == 0


def test_a_page_has_as_many_books_as_the_settings_say(editor):
    isbns = ["9780000000002", "9780000000019", "9780000000026"]
    books = [{**DISPOSSESSED, "isbn": isbn} for isbn in isbns]
    assert editor.post("/api/books/import", json=books).json() == {"imported": 3}
    answer = editor.get("/api/books?page=2").json()
    assert (len(answer["items"]), answer["total"]) == (1, 3)


def test_a_token_of_somebody_else_is_refused(editor, config):
    claims = {"sub": "bob", "exp": time.time() + 60}
    token = jwt.encode(claims, config["BOOKS_SECRET"], algorithm="HS256")
    headers = {"Authorization": f"Bearer {token}"}
    assert editor.post("/api/books", json=DISPOSSESSED, headers=headers).status_code == 401


@pytest.mark.parametrize("authorization", ["", "Bearer x", "Basic YTpi"])
def test_writing_wants_a_token(client, authorization):
    headers = {"Authorization": authorization}
    answer = client.post("/api/books", json=DISPOSSESSED, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("username", ["bob", "\ud800", "ada\nlovelace"])
def test_a_token_wants_the_name_and_the_password(client, username):
    user = {"username": username, "password": "lovelace"}
    answer = client.post("/api/token", json=user)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_the_search_is_escaped(client):
    page = client.get("/", params={"q": '"><b>'}).text
    assert '"><b>' not in page


def test_an_unknown_address_of_the_api_is_a_problem(client):
    answer = client.get("/api/nothing")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_export_has_a_line_a_book(editor):
    editor.post("/api/books", json=DISPOSSESSED)
    lines = editor.get("/api/books.csv").text.splitlines()
    assert lines[1] == "The Dispossessed,9780060512750,1974-05-01,341,Ursula K. Le Guin"


def test_a_request_keeps_its_id(client):
    answer = client.get("/health", headers={"X-Request-ID": "one.two"})
    assert answer.headers["X-Request-ID"] == "one.two"
