from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from litestar import Litestar
from litestar.cli.main import litestar_group
from litestar.testing import TestClient

from books.auth import create_auth
from books.schemas import isbn_13
from books.settings import Settings

Client = TestClient[Litestar]

BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}


# region testing
def test_a_book_is_created_and_found(editor: Client) -> None:
    created = editor.post("/api/books", json=BOOK)
    assert created.status_code == 201
    found = editor.get(created.headers["Location"])
    assert found.json() == created.json()
    assert found.json()["isbn"] == "9780000000002"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("isbn", "9780000000001"), ("published", "2023-02-29"), ("author_id", 2)],
)
def test_a_broken_field_is_named(editor: Client, field: str, value: Any) -> None:
    answer = editor.post("/api/books", json={**BOOK, field: value})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_listeners_are_told(editor: Client) -> None:
    with editor.websocket_connect("/live") as listener:
        created = editor.post("/api/books", json=BOOK).json()
        assert listener.receive_json() == {"event": "created", "book": created}


# endregion


def test_writing_wants_a_token(client: Client) -> None:
    answer = client.post("/api/books", json=BOOK)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_another_scheme_is_no_token(editor: Client) -> None:
    token = editor.headers["Authorization"].removeprefix("Bearer ")
    answer = editor.post("/api/books", json=BOOK, headers={"Authorization": f"Basic {token}"})
    assert answer.status_code == 401


def test_a_token_of_somebody_else_is_refused(client: Client, settings: Settings) -> None:
    auth = create_auth(settings)
    headers = {"Authorization": f"Bearer {auth.create_token('bob')}"}
    assert client.post("/api/books", json=BOOK, headers=headers).status_code == 401


@pytest.mark.parametrize("body", [b'{"title": "\\ud800"}', b"[" * 100_000, b"\xff"])
def test_what_is_no_text_is_malformed(editor: Client, body: bytes) -> None:
    answer = editor.post("/api/books", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_password_must_be_right(client: Client) -> None:
    answer = client.post("/api/token", json={"username": "ada", "password": "guess"})
    assert answer.status_code == 401


def test_an_isbn_is_taken_once(editor: Client) -> None:
    editor.post("/api/books", json=BOOK)
    assert editor.post("/api/books", json=BOOK).status_code == 409


def test_a_part_is_updated(editor: Client) -> None:
    address = editor.post("/api/books", json=BOOK).headers["Location"]
    changed = editor.patch(address, json={"pages": None}).json()
    assert changed["pages"] is None
    assert changed["title"] == BOOK["title"]
    answer = editor.patch(address, json={"author_id": 2})
    assert answer.status_code == 422


def test_a_deleted_book_is_gone(editor: Client) -> None:
    address = editor.post("/api/books", json=BOOK).headers["Location"]
    assert editor.delete(address).status_code == 204
    assert editor.get(address).status_code == 404


def test_an_import_is_stored_whole_or_not_at_all(editor: Client) -> None:
    answer = editor.post("/api/books/import", json=[BOOK, {**BOOK, "title": "Again"}])
    assert answer.status_code == 422
    assert [error["index"] for error in answer.json()["errors"]] == [1]
    assert editor.get("/api/books").json()["total"] == 0
    assert editor.post("/api/books/import", json=[BOOK]).json() == {"imported": 1}


@pytest.mark.parametrize(("field", "value"), [("pages", 0), ("author_id", 2)])
def test_a_fault_of_an_import_has_its_place(editor: Client, field: str, value: Any) -> None:
    answer = editor.post("/api/books/import", json=[BOOK, {**BOOK, field: value}])
    assert answer.status_code == 422
    faults = [(error["index"], error["field"]) for error in answer.json()["errors"]]
    assert faults == [(1, field)]


def test_wildcards_are_searched_as_they_are(editor: Client) -> None:
    editor.post("/api/books", json=BOOK)
    assert editor.get("/api/books?q=dispo").json()["total"] == 1
    assert editor.get("/api/books?q=%25").json()["total"] == 0


def test_markup_is_escaped(client: Client) -> None:
    page = client.get("/?q=%22%3E%3Cscript%3E").text
    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;"' in page


def test_an_address_that_is_not_there(client: Client) -> None:
    assert client.get("/api/nothing").headers["Content-Type"] == "application/problem+json"
    answer = client.get("/nothing", headers={"X-Request-ID": "mine"})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["X-Request-ID"] == "mine"


@pytest.fixture
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("database", "secret", "editor", "password"):
        monkeypatch.setenv(f"BOOKS_{name.upper()}", getattr(settings, name))


@pytest.mark.usefixtures("environment")
def test_the_export_has_the_columns_of_the_import(editor: Client, tmp_path: Path) -> None:
    editor.post("/api/books", json=BOOK)
    exported = tmp_path / "books.csv"
    exported.write_bytes(editor.get("/api/books.csv").content)
    editor.delete("/api/books/1")
    done = CliRunner().invoke(
        litestar_group, ["--app", "books.app:create_app", "import", str(exported)]
    )
    assert (done.exit_code, done.output) == (0, "imported 1\n")
    assert editor.get("/api/books.csv").content == exported.read_bytes()


def test_settings_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKS_DATABASE", "books.db")
    monkeypatch.setenv("BOOKS_SECRET", "short")
    with pytest.raises(SystemExit, match="BOOKS_SECRET"):
        Settings.from_env()


def test_the_checksum_decides() -> None:
    assert isbn_13("978 0 00 000000 2") == "9780000000002"
