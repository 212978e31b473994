import asyncio
from pathlib import Path
from sqlite3 import IntegrityError

import pytest
from click import ClickException
from quart import Quart
from quart.testing import QuartClient
from quart_db import QuartDB

from books import create_app
from books.api import INSERT_BOOK
from books.command import insert, read
from books.live import Broker
from books.schemas import isbn_13

BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}
Headers = dict[str, str]


# region testing
async def test_a_book_is_created_and_found(client: QuartClient, headers: Headers) -> None:
    created = await client.post("/api/books", json=BOOK, headers=headers)
    assert created.status_code == 201
    found = await client.get(created.headers["Location"])
    assert await found.json == await created.json
    assert (await found.json)["isbn"] == "9780000000002"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("isbn", "9780000000001"), ("published", "2023-02-29"), ("author_id", 2)],
)
async def test_a_broken_field_is_named(
    client: QuartClient, headers: Headers, field: str, value: object
) -> None:
    response = await client.post("/api/books", json={**BOOK, field: value}, headers=headers)
    assert response.status_code == 422
    assert [error["field"] for error in (await response.json)["errors"]] == [field]


async def test_clients_are_told_of_a_new_book(client: QuartClient, headers: Headers) -> None:
    async with client.websocket("/live") as websocket:
        await websocket.send("What clients say is not read.")
        created = await client.post("/api/books", json=BOOK, headers=headers)
        event = await websocket.receive_json()
    assert event == {"event": "created", "book": await created.json}


# endregion


async def test_all_broken_fields_are_named(client: QuartClient, headers: Headers) -> None:
    book = {"isbn": "1", "pages": 1.5, "author_id": 10**20}
    response = await client.post("/api/books", json=book, headers=headers)
    fields = {error["field"] for error in (await response.json)["errors"]}
    assert fields == {"title", "isbn", "published", "pages", "author_id"}


async def test_a_body_must_be_json(client: QuartClient, headers: Headers) -> None:
    headers["Content-Type"] = "application/json"
    for path in ("/api/books", "/api/books/import"):
        for body in (b"{", b"\xff", b"[" * 100_000):
            response = await client.post(path, data=body, headers=headers)
            assert response.status_code == 400
            assert response.content_type == "application/problem+json"


async def test_other_text_that_cannot_be_decoded_is_no_fault_of_the_body(
    app: Quart, client: QuartClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "pages.home", lambda: b"\xff".decode())
    assert (await client.get("/")).status_code == 500


async def test_an_author_has_to_be_there(app: Quart) -> None:
    db: QuartDB = app.extensions["QUART_DB"][0]
    async with db.connection() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(INSERT_BOOK, {**BOOK, "author_id": 2})


async def test_writing_wants_a_token(client: QuartClient) -> None:
    response = await client.post("/api/books", json=BOOK)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("password", ["guess", "\ud800"])
async def test_the_password_must_be_right(client: QuartClient, password: str) -> None:
    response = await client.post("/api/token", json={"username": "ada", "password": password})
    assert response.status_code == 401


async def test_a_token_is_for_the_editor_alone(
    app: Quart, client: QuartClient, headers: Headers
) -> None:
    app.config["EDITOR"] = "grace"
    response = await client.post("/api/books", json=BOOK, headers=headers)
    assert response.status_code == 401


async def test_an_isbn_is_taken_once(client: QuartClient, headers: Headers) -> None:
    await client.post("/api/books", json=BOOK, headers=headers)
    assert (await client.post("/api/books", json=BOOK, headers=headers)).status_code == 409


async def test_a_part_is_updated(client: QuartClient, headers: Headers) -> None:
    await client.post("/api/books", json=BOOK, headers=headers)
    changed = await client.patch("/api/books/1", json={"pages": None}, headers=headers)
    assert (await changed.json)["pages"] is None
    assert (await changed.json)["title"] == BOOK["title"]
    for change in ({"title": None}, {"author_id": 2}):
        refused = await client.patch("/api/books/1", json=change, headers=headers)
        assert refused.status_code == 422


async def test_a_deleted_book_is_gone(client: QuartClient, headers: Headers) -> None:
    await client.post("/api/books", json=BOOK, headers=headers)
    assert (await client.delete("/api/books/1", headers=headers)).status_code == 204
    assert (await client.get("/api/books/1")).status_code == 404


async def test_an_import_is_stored_whole_or_not_at_all(
    client: QuartClient, headers: Headers
) -> None:
    other = {**BOOK, "isbn": "9780000000019"}
    response = await client.post("/api/books/import", json=[BOOK, other, BOOK], headers=headers)
    assert response.status_code == 422
    assert [error["index"] for error in (await response.json)["errors"]] == [2]
    assert (await (await client.get("/api/books")).json)["total"] == 0
    response = await client.post("/api/books/import", json=[BOOK, other], headers=headers)
    assert await response.json == {"imported": 2}


@pytest.mark.parametrize(("field", "value"), [("pages", 0), ("author_id", 2)])
async def test_a_fault_of_an_import_has_its_place(
    client: QuartClient, headers: Headers, field: str, value: object
) -> None:
    books = [BOOK, {**BOOK, field: value}]
    response = await client.post("/api/books/import", json=books, headers=headers)
    assert response.status_code == 422
    errors = (await response.json)["errors"]
    assert [(error["index"], error["field"]) for error in errors] == [(1, field)]


async def test_wildcards_are_searched_as_they_are(client: QuartClient, headers: Headers) -> None:
    await client.post("/api/books", json=BOOK, headers=headers)
    assert (await (await client.get("/api/books?q=dispo")).json)["total"] == 1
    assert (await (await client.get("/api/books?q=%25")).json)["total"] == 0


async def test_markup_is_escaped(client: QuartClient) -> None:
    response = await client.get("/", query_string={"q": '"><script>'})
    page = await response.get_data(as_text=True)
    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;"' in page


async def test_an_export_can_be_imported(
    app: Quart, client: QuartClient, headers: Headers, tmp_path: Path
) -> None:
    file = tmp_path / "books.csv"
    await client.post("/api/books", json=BOOK, headers=headers)
    exported = await (await client.get("/api/books.csv")).get_data()
    await client.delete("/api/books/1", headers=headers)
    file.write_bytes(exported)
    db: QuartDB = app.extensions["QUART_DB"][0]
    async with db.connection() as connection:
        assert await insert(connection, read(file)[0]) == []
    assert await (await client.get("/api/books.csv")).get_data() == exported


@pytest.mark.parametrize("content", [b"", b"title,isbn\n"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "books.csv"
    file.write_bytes(content)
    with pytest.raises(ClickException, match="first line"):
        read(file)


def test_faults_of_a_file_are_named_by_line(tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    file.write_text("title,isbn,published,pages,author\nX,123,2024-01-01,,Someone\n")
    _, _, faults = read(file)
    assert [fault[:2] for fault in faults] == [(2, "isbn")]


async def test_the_document_has_the_fields_of_a_book(client: QuartClient) -> None:
    document = await (await client.get("/openapi.json")).json
    operation = document["paths"]["/api/books"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(BOOK) <= set(schema["properties"])
    assert operation["security"] == [{"bearer": []}]
    assert set(operation["responses"]) == {"201", "400", "401", "409", "413", "422"}
    assert list(operation["responses"]["409"]["content"]) == ["application/problem+json"]


async def test_a_client_that_does_not_read_is_dropped() -> None:
    broker = Broker()
    with broker.subscription() as slow:
        for number in range(101):
            broker.publish({"number": number})
        assert not broker.connections
        assert [(await slow.get())["number"] for _ in range(100)] == list(range(100))
        with pytest.raises(asyncio.QueueShutDown):
            await slow.get()


def test_settings_are_checked() -> None:
    with pytest.raises(SystemExit, match="BOOKS_SECRET"):
        create_app({"DATABASE": "x", "SECRET": "short", "EDITOR": "a", "PASSWORD": "b"})


def test_the_checksum_decides() -> None:
    assert isbn_13("978 0 00 000000 2") == "9780000000002"
    with pytest.raises(ValueError, match="last digit"):
        isbn_13("9780000000001")
