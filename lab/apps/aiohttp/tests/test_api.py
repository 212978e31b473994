import asyncio
from unittest.mock import Mock

import pytest
from aiohttp import ClientPayloadError, web
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpServer

from books.auth import new_token
from books.live import clients_key
from books.schemas import isbn_13
from books.settings import Settings

BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}


# region testing
async def test_a_book_is_created_and_found(editor: TestClient) -> None:
    created = await editor.post("/api/books", json=BOOK)
    assert created.status == 201
    found = await editor.get(created.headers["Location"])
    assert await found.json() == await created.json()
    assert (await found.json())["isbn"] == "9780000000002"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("isbn", "9780000000001"), ("published", "2023-02-29"), ("author_id", 2)],
)
async def test_a_broken_field_is_named(editor: TestClient, field: str, value: object) -> None:
    answer = await editor.post("/api/books", json={**BOOK, field: value})
    assert answer.status == 422
    assert [error["field"] for error in (await answer.json())["errors"]] == [field]


async def test_listeners_are_told(editor: TestClient) -> None:
    async with editor.ws_connect("/live") as listener:
        created = await editor.post("/api/books", json=BOOK)
        event = await listener.receive_json(timeout=5)
    assert event == {"event": "created", "book": await created.json()}


# endregion


async def test_who_leaves_is_forgotten(editor: TestClient) -> None:
    async with editor.ws_connect("/live"):
        assert len(editor.app[clients_key]) == 1
    assert (await editor.post("/api/books", json=BOOK)).status == 201
    assert not editor.app[clients_key]


async def test_writing_wants_a_token(client: TestClient) -> None:
    answer = await client.post("/api/books", json=BOOK)
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.content_type == "application/problem+json"


async def test_a_token_of_somebody_else_is_refused(editor: TestClient, settings: Settings) -> None:
    headers = {"Authorization": f"Bearer {new_token(settings, 'somebody')}"}
    assert (await editor.post("/api/books", json=BOOK, headers=headers)).status == 401


@pytest.mark.parametrize(("password", "status"), [("correct horse", 200), ("guess", 401)])
async def test_the_password_must_be_right(client: TestClient, password: str, status: int) -> None:
    answer = await client.post("/api/token", json={"username": "ada", "password": password})
    assert answer.status == status


async def test_an_isbn_is_taken_once(editor: TestClient) -> None:
    await editor.post("/api/books", json=BOOK)
    assert (await editor.post("/api/books", json=BOOK)).status == 409


async def test_a_part_is_updated(editor: TestClient) -> None:
    await editor.post("/api/books", json=BOOK)
    changed = await editor.patch("/api/books/1", json={"pages": None})
    assert await changed.json() == {
        "id": 1,
        "title": BOOK["title"],
        "isbn": "9780000000002",
        "published": BOOK["published"],
        "pages": None,
        "author": {"id": 1, "name": "Ursula K. Le Guin"},
    }


async def test_null_empties_nothing_but_pages(editor: TestClient) -> None:
    await editor.post("/api/books", json=BOOK)
    assert (await editor.patch("/api/books/1", json={"title": None})).status == 422


async def test_a_deleted_book_is_gone(editor: TestClient) -> None:
    await editor.post("/api/books", json=BOOK)
    assert (await editor.delete("/api/books/1")).status == 204
    assert (await editor.get("/api/books/1")).status == 404
    assert (await editor.patch("/api/books/1", json={"title": "Again"})).status == 404
    assert (await editor.delete("/api/books/1")).status == 404


async def test_an_import_is_stored_whole_or_not_at_all(editor: TestClient) -> None:
    answer = await editor.post("/api/books/import", json=[BOOK, {**BOOK, "title": "Again"}])
    assert answer.status == 422
    assert {error["index"] for error in (await answer.json())["errors"]} == {0, 1}
    assert (await (await editor.get("/api/books")).json())["total"] == 0
    answer = await editor.post("/api/books/import", json=[BOOK])
    assert await answer.json() == {"imported": 1}


async def test_the_authors_of_an_import_are_known(editor: TestClient) -> None:
    answer = await editor.post("/api/books/import", json=[BOOK, {**BOOK, "author_id": 2}])
    assert answer.status == 422
    (error,) = (await answer.json())["errors"]
    assert (error["index"], error["field"]) == (1, "author_id")


async def test_wildcards_are_searched_as_they_are(editor: TestClient) -> None:
    await editor.post("/api/books", json=BOOK)
    for q, total in (("dispo", 1), ("%", 0), ("_", 0)):
        answer = await editor.get("/api/books", params={"q": q})
        assert (await answer.json())["total"] == total


async def test_markup_is_escaped(client: TestClient) -> None:
    page = await (await client.get("/", params={"q": '"><script>'})).text()
    assert 'value="&#34;&gt;&lt;script&gt;"' in page


async def test_errors_of_pages_are_pages(client: TestClient) -> None:
    answer = await client.get("/nothing", headers={"X-Request-ID": "my-own"})
    assert (answer.status, answer.content_type) == (404, "text/html")
    assert answer.headers["X-Request-ID"] == "my-own"


async def test_half_an_export_is_no_export(
    editor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await editor.post("/api/books", json=BOOK)
    monkeypatch.setattr("books.api.as_csv", Mock(side_effect=[b"title\r\n", RuntimeError]))
    with pytest.raises(ClientPayloadError):
        await (await editor.get("/api/books.csv")).read()


async def test_the_webhook_is_told(
    editor: TestClient, settings: Settings, aiohttp_server: AiohttpServer
) -> None:
    told: asyncio.Queue[dict[str, object]] = asyncio.Queue()

    async def listen(request: web.Request) -> web.Response:
        await told.put(await request.json())
        return web.Response()

    listener = web.Application()
    listener.add_routes([web.post("/", listen)])
    settings.webhook = (await aiohttp_server(listener)).make_url("/")
    created = await editor.post("/api/books", json=BOOK)
    event = await asyncio.wait_for(told.get(), 5)
    assert event == {"event": "created", "book": await created.json()}


def test_the_checksum_decides() -> None:
    assert isbn_13("978 0 00 000000 2") == "9780000000002"
    with pytest.raises(ValueError, match="must end with"):
        isbn_13("9780000000001")
