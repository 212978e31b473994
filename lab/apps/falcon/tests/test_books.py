import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import falcon
import jwt
import pytest
from falcon.asgi import App
from falcon.testing import ASGIConductor, TestClient
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from books.books import insert_books
from books.command import import_file
from books.config import Config
from books.database import Database
from books.schemas import NewBook, isbn_13

BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}


# region testing
def test_a_book_is_created_and_found(editor: TestClient) -> None:
    created = editor.post("/api/books", json=BOOK)
    assert created.status == falcon.HTTP_201
    found = editor.get(created.headers["location"])
    assert found.json == created.json
    assert found.json["isbn"] == "9780000000002"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("isbn", "9780000000001"), ("published", "2023-02-29"), ("author_id", 2)],
)
def test_a_broken_field_is_named(editor: TestClient, field: str, value: object) -> None:
    result = editor.post("/api/books", json={**BOOK, field: value})
    assert result.status == falcon.HTTP_422
    assert [error["field"] for error in result.json["errors"]] == [field]


async def test_clients_are_told_of_a_new_book(app: App, authorization: dict[str, str]) -> None:
    async with (
        ASGIConductor(app, headers=authorization) as conductor,
        conductor.simulate_ws("/live") as ws,
    ):
        created = await conductor.post("/api/books", json=BOOK)
        assert await ws.receive_json() == {"event": "created", "book": created.json}


# endregion


def test_all_broken_fields_are_named(editor: TestClient) -> None:
    result = editor.post("/api/books", json={"isbn": "1", "pages": 1.5, "author_id": "1"})
    fields = {error["field"] for error in result.json["errors"]}
    assert fields == {"title", "isbn", "published", "pages", "author_id"}


def test_writing_wants_a_token(client: TestClient) -> None:
    result = client.post("/api/books", json=BOOK)
    assert result.status == falcon.HTTP_401
    assert result.headers["www-authenticate"] == "Bearer"
    assert result.headers["content-type"] == "application/problem+json"


def test_a_token_of_somebody_else_is_refused(client: TestClient, config: Config) -> None:
    claims = {"sub": "bob", "exp": datetime.now(UTC) + timedelta(minutes=1)}
    token = jwt.encode(claims, config.secret.get_secret_value(), algorithm="HS256")
    result = client.post("/api/books", json=BOOK, headers={"Authorization": f"Bearer {token}"})
    assert result.status == falcon.HTTP_401


@pytest.mark.parametrize("body", [b'{"title": "\\ud800"}', b"[" * 100_000, b"\xff"])
def test_what_is_no_text_is_malformed(editor: TestClient, body: bytes) -> None:
    headers = {"Content-Type": falcon.MEDIA_JSON}
    result = editor.post("/api/books", body=body, headers=headers)
    assert result.status == falcon.HTTP_400


def test_the_password_must_be_right(client: TestClient) -> None:
    result = client.post("/api/token", json={"username": "ada", "password": "guess"})
    assert result.status == falcon.HTTP_401


def test_an_isbn_is_taken_once(editor: TestClient) -> None:
    editor.post("/api/books", json=BOOK)
    assert editor.post("/api/books", json=BOOK).status == falcon.HTTP_409


def test_a_part_is_updated(editor: TestClient) -> None:
    address = editor.post("/api/books", json=BOOK).headers["location"]
    changed = editor.patch(address, json={"pages": None})
    assert changed.json["pages"] is None
    assert changed.json["title"] == BOOK["title"]
    assert editor.patch(address, json={"title": None}).status == falcon.HTTP_422


def test_a_deleted_book_is_gone(editor: TestClient) -> None:
    address = editor.post("/api/books", json=BOOK).headers["location"]
    assert editor.delete(address).status == falcon.HTTP_204
    assert editor.get(address).status == falcon.HTTP_404


def test_an_import_is_stored_whole_or_not_at_all(editor: TestClient) -> None:
    other = {**BOOK, "isbn": "9780000000019"}
    result = editor.post("/api/books/import", json=[BOOK, other, BOOK])
    assert result.status == falcon.HTTP_422
    assert [error["index"] for error in result.json["errors"]] == [2]
    assert editor.get("/api/books").json["total"] == 0
    assert editor.post("/api/books/import", json=[BOOK, other]).json == {"imported": 2}


def test_the_authors_of_an_import_are_known(editor: TestClient) -> None:
    result = editor.post("/api/books/import", json=[BOOK, {**BOOK, "author_id": 2}])
    assert result.status == falcon.HTTP_422
    (error,) = result.json["errors"]
    assert (error["index"], error["field"]) == (1, "author_id")
    assert editor.get("/api/books").json["total"] == 0


def test_wildcards_are_searched_as_they_are(editor: TestClient) -> None:
    editor.post("/api/books", json=BOOK)
    assert editor.get("/api/books", params={"q": "dispo"}).json["total"] == 1
    assert editor.get("/api/books", params={"q": "%"}).json["total"] == 0


def test_markup_is_escaped(client: TestClient) -> None:
    page = client.get("/", params={"q": '"><script>'}).text
    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;"' in page


def test_an_export_can_be_imported(
    config: Config, editor: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    editor.post("/api/books", json=BOOK)
    file = tmp_path / "books.csv"
    file.write_bytes(editor.get("/api/books.csv").content)
    editor.delete("/api/books/1")
    assert asyncio.run(import_file(Database(config), file)) == 0
    assert capsys.readouterr().out == "imported 1\n"
    assert editor.get("/api/books.csv").content == file.read_bytes()


async def test_an_author_has_to_be_there(app: App, config: Config) -> None:
    database = Database(config)
    row = NewBook(**{**BOOK, "author_id": 2}).model_dump()
    async with database.session() as session:
        with pytest.raises(IntegrityError):
            await insert_books(session, [row])
    await database.engine.dispose()


def test_faults_of_a_file_are_named_by_line(
    app: App, config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "books.csv"
    file.write_text("title,isbn,published,pages,author\nX,123,2024-01-01,,Someone\n")
    assert asyncio.run(import_file(Database(config), file)) == 1
    assert capsys.readouterr().err.startswith("line 2: isbn: ")


def test_an_unknown_address_is_a_page(client: TestClient) -> None:
    result = client.get("/nowhere")
    assert result.status == falcon.HTTP_404
    assert result.headers["content-type"] == falcon.MEDIA_HTML


def test_settings_are_checked() -> None:
    with pytest.raises(ValidationError, match="BOOKS_SECRET"):
        Config(BOOKS_DATABASE="x", BOOKS_SECRET="short", BOOKS_EDITOR="a", BOOKS_PASSWORD="b")


def test_the_checksum_decides() -> None:
    assert isbn_13("978 0 00 000000 2") == "9780000000002"
    with pytest.raises(ValueError, match="last digit"):
        isbn_13("9780000000001")
