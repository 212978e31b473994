from pathlib import Path
from queue import Queue

import pytest
from colander import Invalid, SchemaNode
from pyramid.router import Router
from sqlalchemy.orm import Session
from webtest import TestApp

from books import main
from books.live import hub
from books.schemas import Isbn
from books.scripts.import_books import read, store
from books.security import new_token

BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}


# region testing
def test_a_book_is_created_and_found(editor: TestApp) -> None:
    created = editor.post_json("/api/books", BOOK, status=201)
    found = editor.get(created.location)
    assert found.json == created.json
    assert found.json["isbn"] == "9780000000002"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("isbn", "9780000000001"), ("published", "2023-02-29"), ("author_id", 2)],
)
def test_a_broken_field_is_named(editor: TestApp, field: str, value: object) -> None:
    response = editor.post_json("/api/books", {**BOOK, field: value}, status=422)
    assert [error["field"] for error in response.json["errors"]] == [field]


def test_clients_are_told_of_a_new_book(editor: TestApp) -> None:
    events = hub.listen()
    assert next(events).startswith(b":")
    editor.post_json("/api/books", BOOK)
    assert b'"event": "created"' in next(events)
    events.close()
    assert not hub.clients


# endregion


def test_streams_end_with_the_server() -> None:
    events = hub.listen()
    next(events)
    hub.close()
    assert list(events) == []


def test_all_broken_fields_are_named(editor: TestApp) -> None:
    book = {"isbn": "1", "pages": 1.5, "author_id": 10**20}
    response = editor.post_json("/api/books", book, status=422)
    fields = {error["field"] for error in response.json["errors"]}
    assert fields == {"title", "isbn", "published", "pages", "author_id"}


def test_writing_wants_a_token(testapp: TestApp) -> None:
    response = testapp.post_json("/api/books", BOOK, status=401)
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("password", ["guess", " correct horse"])
def test_the_password_must_be_right(testapp: TestApp, password: str) -> None:
    testapp.post_json("/api/token", {"username": "ada", "password": password}, status=401)


def test_a_token_is_for_the_editor_alone(app: Router, testapp: TestApp) -> None:
    settings = {**app.registry.settings, "books.editor": "grace"}
    token = new_token(settings, "grace", settings["books.password"])
    testapp.authorization = ("Bearer", token["access_token"])
    testapp.post_json("/api/books", BOOK, status=401)


def test_what_no_client_means_is_refused(editor: TestApp) -> None:
    editor.post("/api/books", b"[" * 100_000, status=400)
    editor.get("/api/books?q=%FF", status=400)
    editor.get("/api/%FF", status=400)


def test_clients_leave_threads_for_others(
    testapp: TestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "clients", {Queue() for _ in range(16)})
    testapp.get("/live", status=503)


def test_an_isbn_is_taken_once(editor: TestApp) -> None:
    editor.post_json("/api/books", BOOK)
    editor.post_json("/api/books", BOOK, status=409)


def test_a_part_is_updated(editor: TestApp) -> None:
    address = editor.post_json("/api/books", BOOK).location
    changed = editor.patch_json(address, {"pages": None})
    assert changed.json["pages"] is None
    assert changed.json["title"] == BOOK["title"]
    editor.patch_json(address, {"title": None}, status=422)


def test_a_deleted_book_is_gone(editor: TestApp) -> None:
    address = editor.post_json("/api/books", BOOK).location
    editor.delete(address, status=204)
    editor.get(address, status=404)


def test_an_import_is_stored_whole_or_not_at_all(editor: TestApp) -> None:
    other = {**BOOK, "isbn": "9780000000019"}
    response = editor.post_json("/api/books/import", [BOOK, other, BOOK], status=422)
    assert [error["index"] for error in response.json["errors"]] == [2]
    assert editor.get("/api/books").json["total"] == 0
    assert editor.post_json("/api/books/import", [BOOK, other]).json == {"imported": 2}


def test_wildcards_are_searched_as_they_are(editor: TestApp) -> None:
    editor.post_json("/api/books", BOOK)
    assert editor.get("/api/books", {"q": "dispo"}).json["total"] == 1
    assert editor.get("/api/books", {"q": "%"}).json["total"] == 0


def test_markup_is_escaped(testapp: TestApp) -> None:
    page = testapp.get("/", {"q": '"><script>'}).text
    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;"' in page


def test_an_export_can_be_imported(editor: TestApp, dbsession: Session, tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    editor.post_json("/api/books", BOOK)
    file.write_bytes(editor.get("/api/books.csv").body)
    editor.delete("/api/books/1")
    assert store(dbsession, read(file)[0]) == []
    dbsession.commit()
    assert editor.get("/api/books.csv").body == file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"title,isbn\n", b"\xff\n"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "books.csv"
    file.write_bytes(content)
    with pytest.raises(ValueError):
        read(file)


def test_faults_of_a_file_are_named_by_line(tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    file.write_text("title,isbn,published,pages,author\nX,123,2024-01-01,,Someone\n")
    _, _, faults = read(file)
    assert [fault[:2] for fault in faults] == [(2, "isbn")]


def test_an_address_has_its_methods(testapp: TestApp) -> None:
    response = testapp.put_json("/api/books", BOOK, status=405)
    assert sorted(response.allow) == ["GET", "POST"]
    testapp.get("/api/nowhere", status=404)


def test_settings_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKS_SECRET", "short")
    with pytest.raises(SystemExit, match="BOOKS_SECRET"):
        main({})


def test_the_checksum_decides() -> None:
    node = SchemaNode(Isbn())
    assert node.deserialize("978 0 00 000000 2") == "9780000000002"
    with pytest.raises(Invalid):
        node.deserialize("9780000000001")
