import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from sanic.cli.executor import Executor
from sanic_testing.reusable import ReusableClient

from books.live import broadcast
from books.schemas import isbn_13
from books.settings import Settings

BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}
Headers = dict[str, str]


# region testing
def test_a_book_is_created_and_found(client: ReusableClient, editor: Headers) -> None:
    _, created = client.post("/api/books", json=BOOK, headers=editor)
    assert created.status == 201
    _, found = client.get(created.headers["Location"])
    assert found.json == created.json
    assert found.json["isbn"] == "9780000000002"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("isbn", "9780000000001"), ("published", "2023-02-29"), ("author_id", 2)],
)
def test_a_broken_field_is_named(
    client: ReusableClient, editor: Headers, field: str, value: Any
) -> None:
    _, answer = client.post("/api/books", json={**BOOK, field: value}, headers=editor)
    assert answer.status == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_listeners_are_told(client: ReusableClient) -> None:
    event = {"event": "created", "book": {"id": 1}}

    async def listen(ws: Any) -> None:
        await broadcast(client.app, event)
        assert json.loads(await ws.recv()) == event

    client.websocket("/live", mimic=listen)


# endregion


def test_writing_wants_a_token(client: ReusableClient) -> None:
    _, answer = client.post("/api/books", json=BOOK)
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_another_scheme_is_no_token(client: ReusableClient, editor: Headers) -> None:
    headers = {"Authorization": editor["Authorization"].replace("Bearer", "Token")}
    _, answer = client.post("/api/books", json=BOOK, headers=headers)
    assert answer.status == 401


def test_a_token_of_somebody_else_is_refused(client: ReusableClient, settings: Settings) -> None:
    claims = {"sub": "bob", "exp": datetime.now(UTC) + timedelta(minutes=1)}
    token = jwt.encode(claims, settings.SECRET, algorithm="HS256")
    headers = {"Authorization": f"Bearer {token}"}
    _, answer = client.post("/api/books", json=BOOK, headers=headers)
    assert answer.status == 401


@pytest.mark.parametrize("body", [b'{"title": "\\ud800"}', b"[" * 100_000, b"\xff"])
def test_what_is_no_text_is_malformed(client: ReusableClient, editor: Headers, body: bytes) -> None:
    for path in ("/api/books", "/api/books/import"):
        _, answer = client.post(path, content=body, headers=editor)
        assert answer.status == 400


def test_a_refused_method_names_those_that_are_allowed(client: ReusableClient) -> None:
    _, answer = client.post("/api/books/1")
    assert answer.status == 405
    assert {"GET", "PATCH", "DELETE"} <= set(answer.headers["Allow"].split(", "))


def test_the_password_must_be_right(client: ReusableClient) -> None:
    _, answer = client.post("/api/token", json={"username": "ada", "password": "guess"})
    assert answer.status == 401


def test_an_isbn_is_taken_once(client: ReusableClient, editor: Headers) -> None:
    client.post("/api/books", json=BOOK, headers=editor)
    _, answer = client.post("/api/books", json=BOOK, headers=editor)
    assert answer.status == 409


def test_a_part_is_updated(client: ReusableClient, editor: Headers) -> None:
    client.post("/api/books", json=BOOK, headers=editor)
    _, changed = client.patch("/api/books/1", json={"pages": None}, headers=editor)
    assert changed.json["pages"] is None
    assert changed.json["title"] == BOOK["title"]
    _, answer = client.patch("/api/books/1", json={"author_id": 2}, headers=editor)
    assert answer.status == 422


def test_a_deleted_book_is_gone(client: ReusableClient, editor: Headers) -> None:
    client.post("/api/books", json=BOOK, headers=editor)
    _, answer = client.delete("/api/books/1", headers=editor)
    assert answer.status == 204
    _, answer = client.get("/api/books/1")
    assert answer.status == 404


def test_an_import_is_stored_whole_or_not_at_all(client: ReusableClient, editor: Headers) -> None:
    twice = [BOOK, {**BOOK, "title": "Again"}]
    _, answer = client.post("/api/books/import", json=twice, headers=editor)
    assert answer.status == 422
    assert [error["index"] for error in answer.json["errors"]] == [1]
    _, answer = client.post("/api/books/import", json=[BOOK], headers=editor)
    assert answer.json == {"imported": 1}


@pytest.mark.parametrize(("field", "value"), [("pages", 0), ("author_id", 2)])
def test_a_fault_of_an_import_has_its_place(
    client: ReusableClient, editor: Headers, field: str, value: Any
) -> None:
    faulty = [BOOK, {**BOOK, field: value}]
    _, answer = client.post("/api/books/import", json=faulty, headers=editor)
    assert answer.status == 422
    assert [(error["index"], error["field"]) for error in answer.json["errors"]] == [(1, field)]


@pytest.mark.parametrize(("q", "total"), [("dispo", 1), ("%25", 0)])
def test_wildcards_are_searched_as_they_are(
    client: ReusableClient, editor: Headers, q: str, total: int
) -> None:
    client.post("/api/books", json=BOOK, headers=editor)
    _, answer = client.get(f"/api/books?q={q}")
    assert answer.json["total"] == total


def test_markup_is_escaped(client: ReusableClient) -> None:
    _, page = client.get("/?q=%22%3E%3Cscript%3E")
    assert "<script>" not in page.text
    assert 'value="&#34;&gt;&lt;script&gt;"' in page.text


def test_an_address_that_is_not_there(client: ReusableClient) -> None:
    _, answer = client.get("/api/nothing")
    assert answer.headers["Content-Type"] == "application/problem+json"
    _, answer = client.get("/nothing", headers={"X-Request-ID": "007"})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["X-Request-ID"] == "007"


def test_the_export_has_the_columns_of_the_import(
    client: ReusableClient, editor: Headers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client.post("/api/books", json=BOOK, headers=editor)
    _, exported = client.get("/api/books.csv")
    client.delete("/api/books/1", headers=editor)
    file = tmp_path / "books.csv"
    file.write_bytes(exported.content)
    Executor(client.app, {}).run("import", ["import", "--file", str(file)])
    assert capsys.readouterr().out == "imported 1\n"
    _, again = client.get("/api/books.csv")
    assert again.content == exported.content


def test_settings_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKS_SECRET", "short")
    with pytest.raises(SystemExit, match="BOOKS_SECRET"):
        Settings.from_env()


def test_the_checksum_decides() -> None:
    assert isbn_13("978 0 00 000000 2") == "9780000000002"
