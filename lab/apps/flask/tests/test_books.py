import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from books import create_app
from books.auth import new_token
from books.live import hub
from books.models import db
from books.schemas import Isbn

BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}


# region testing
def test_a_book_is_created_and_found(editor: FlaskClient) -> None:
    created = editor.post("/api/books", json=BOOK)
    assert created.status_code == 201
    found = editor.get(created.location)
    assert found.json == created.json
    assert found.json["isbn"] == "9780000000002"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("isbn", "9780000000001"), ("published", "2023-02-29"), ("author_id", 2)],
)
def test_a_broken_field_is_named(editor: FlaskClient, field: str, value: object) -> None:
    answer = editor.post("/api/books", json={**BOOK, field: value})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


# endregion


def test_writing_wants_a_token(client: FlaskClient) -> None:
    answer = client.post("/api/books", json=BOOK)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_password_must_be_right(client: FlaskClient) -> None:
    answer = client.post("/api/token", json={"username": "ada", "password": "guess"})
    assert answer.status_code == 401


def test_a_token_is_for_the_editor_alone(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        app.config["EDITOR"] = "grace"
        token = new_token("grace", app.config["PASSWORD"])["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert client.post("/api/books", json=BOOK, headers=headers).status_code == 201
    app.config["EDITOR"] = "ada"
    assert client.delete("/api/books/1", headers=headers).status_code == 401


def test_json_may_not_be_nested_without_end(editor: FlaskClient) -> None:
    answer = editor.post("/api/books", data="[" * 100_000, content_type="application/json")
    assert answer.status_code == 400


def test_an_isbn_is_taken_once(editor: FlaskClient) -> None:
    editor.post("/api/books", json=BOOK)
    assert editor.post("/api/books", json=BOOK).status_code == 409


def test_a_part_is_updated(editor: FlaskClient) -> None:
    address = editor.post("/api/books", json=BOOK).location
    changed = editor.patch(address, json={"pages": None})
    assert changed.json["pages"] is None
    assert changed.json["title"] == BOOK["title"]


def test_a_deleted_book_is_gone(editor: FlaskClient) -> None:
    address = editor.post("/api/books", json=BOOK).location
    assert editor.delete(address).status_code == 204
    assert editor.get(address).status_code == 404


def test_an_import_is_stored_whole_or_not_at_all(editor: FlaskClient) -> None:
    answer = editor.post("/api/books/import", json=[BOOK, {**BOOK, "title": "Again"}])
    assert answer.status_code == 422
    assert [error["index"] for error in answer.json["errors"]] == [1]
    assert editor.get("/api/books").json["total"] == 0
    assert editor.post("/api/books/import", json=[BOOK]).json == {"imported": 1}


def test_an_import_asks_for_authors_once(app: Flask, editor: FlaskClient) -> None:
    statements = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    books = [{**BOOK, "isbn": isbn} for isbn in ("9780000000002", "9780000000019", "9780000000026")]
    assert editor.post("/api/books/import", json=books).json == {"imported": 3}
    assert sum("FROM author" in statement for statement in statements) == 1
    assert editor.post("/api/books/import", json=[]).json == {"imported": 0}


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "\ud800"), ("published", "2024-2-29"), ("isbn", "-9780000000002")],
)
def test_what_only_looks_right_is_refused(editor: FlaskClient, field: str, value: str) -> None:
    body = json.dumps({**BOOK, field: value})
    answer = editor.post("/api/books", data=body, content_type="application/json")
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_wildcards_are_searched_as_they_are(editor: FlaskClient) -> None:
    editor.post("/api/books", json=BOOK)
    assert editor.get("/api/books?q=dispo").json["total"] == 1
    assert editor.get("/api/books?q=%25").json["total"] == 0


def test_markup_is_escaped(client: FlaskClient) -> None:
    page = client.get("/?q=%22%3E%3Cscript%3E").text
    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;"' in page


def test_the_export_has_the_columns_of_the_import(
    app: Flask, editor: FlaskClient, tmp_path
) -> None:
    editor.post("/api/books", json=BOOK)
    exported = tmp_path / "books.csv"
    exported.write_bytes(editor.get("/api/books.csv").data)
    editor.delete("/api/books/1")
    done = app.test_cli_runner().invoke(args=["import", str(exported)])
    assert (done.exit_code, done.output) == (0, "imported 1\n")
    assert editor.get("/api/books.csv").data == exported.read_bytes()


@pytest.mark.parametrize("content", [b"", b"title,isbn\n", b"\xff\n"])
def test_another_file_is_refused(app: Flask, tmp_path, content: bytes) -> None:
    file = tmp_path / "books.csv"
    file.write_bytes(content)
    done = app.test_cli_runner().invoke(args=["import", str(file)])
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")


def test_faults_of_a_file_are_named_by_line(app: Flask, tmp_path) -> None:
    file = tmp_path / "books.csv"
    file.write_text("title,isbn,published,pages,author\nX,123,2024-01-01,,Someone\n")
    done = app.test_cli_runner().invoke(args=["import", str(file)])
    assert done.exit_code == 1
    assert "line 2: isbn: An ISBN has 13 digits" in done.output


def test_listeners_are_told(editor: FlaskClient) -> None:
    events = editor.get("/live").response
    assert next(events).startswith(b":")
    editor.post("/api/books", json=BOOK)
    assert b'"event": "created"' in next(events)
    events.close()
    assert not hub.clients


def test_streams_end_with_the_server(client: FlaskClient) -> None:
    events = client.get("/live").response
    next(events)
    hub.close()
    assert list(events) == []


def test_settings_are_checked() -> None:
    with pytest.raises(SystemExit, match="BOOKS_SECRET"):
        create_app({"DATABASE": "x", "SECRET": "short", "EDITOR": "a", "PASSWORD": "b"})


def test_the_checksum_decides() -> None:
    assert Isbn().deserialize("978 0 00 000000 2") == "9780000000002"
