import asyncio
from time import time
from typing import Any

import jwt
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from books.live import ConnectionManager
from books.schemas import AuthorPublic, BookCreated, BookPublic


# region testing
def book(**fields: Any) -> dict[str, Any]:
    return {
        "title": "The Dispossessed",
        "isbn": "978-0-06-051275-0",
        "published": "1974-05-01",
        "pages": 387,
        "author_id": 1,
    } | fields


def test_a_book_is_stored_and_answered(editor: TestClient) -> None:
    created = editor.post("/api/books", json=book())
    assert created.status_code == 201
    assert created.json()["isbn"] == "9780060512750"
    assert created.json()["author"] == {"id": 1, "name": "Ursula K. Le Guin"}
    assert editor.get(created.headers["Location"]).json() == created.json()


def test_every_broken_field_is_reported(editor: TestClient) -> None:
    broken = book(title=" ", isbn="9780060512751", published="2023-02-29", pages="many")
    response = editor.post("/api/books", json=broken)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    fields = {error["field"] for error in response.json()["errors"]}
    assert fields == {"title", "isbn", "published", "pages"}


def test_an_author_has_to_be_known(editor: TestClient) -> None:
    response = editor.post("/api/books", json=book(author_id=99))
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == ["author_id"]


def test_live_clients_are_told(editor: TestClient) -> None:
    with editor.websocket_connect("/live") as websocket:
        created = editor.post("/api/books", json=book()).json()
        assert websocket.receive_json() == {"event": "created", "book": created}


# endregion


def test_what_live_clients_send_is_ignored(editor: TestClient) -> None:
    with editor.websocket_connect("/live") as websocket:
        websocket.send_bytes(b"hello")
        websocket.send_text("hello")
        editor.post("/api/books", json=book())
        assert websocket.receive_json()["event"] == "created"


def test_a_live_client_that_reads_too_slowly_is_given_up() -> None:
    manager = ConnectionManager()
    author = AuthorPublic(id=1, name="Ursula K. Le Guin")
    created = BookCreated(book=BookPublic(**book(id=1, author=author)))
    with manager.connect() as events:
        for _ in range(101):
            asyncio.run(manager.broadcast(created))
        assert not manager.clients
        assert events.receive_nowait() == created.model_dump_json()


def test_an_isbn_is_stored_once(editor: TestClient) -> None:
    editor.post("/api/books", json=book())
    assert editor.post("/api/books", json=book(title="Another")).status_code == 409


def test_writing_wants_a_token(client: TestClient) -> None:
    response = client.post("/api/books", json=book())
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert client.get("/api/books").json()["total"] == 0


def test_a_token_of_somebody_else_is_refused(client: TestClient) -> None:
    claims = {"sub": "charles", "exp": time() + 60}
    token = jwt.encode(claims, "a secret of at least 32 characters", algorithm="HS256")
    headers = {"Authorization": f"Bearer {token}"}
    assert client.post("/api/books", json=book(), headers=headers).status_code == 401


def test_only_the_fields_given_are_changed(editor: TestClient) -> None:
    created = editor.post("/api/books", json=book()).json()
    path = f"/api/books/{created['id']}"
    changed = editor.patch(path, json={"pages": None, "author_id": 2}).json()
    author = {"id": 2, "name": "Jorge Luis Borges"}
    assert changed == created | {"pages": None, "author": author}
    assert editor.patch(path, json={"title": None}).status_code == 422


def test_a_deleted_book_is_gone(editor: TestClient) -> None:
    path = editor.post("/api/books", json=book()).headers["Location"]
    assert editor.delete(path).status_code == 204
    assert editor.get(path).status_code == 404


def test_a_book_deleted_meanwhile_is_not_found(
    editor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = editor.post("/api/books", json=book()).headers["Location"]
    monkeypatch.setattr(Session, "add", lambda *_: editor.delete(path))
    assert editor.patch(path, json={"pages": 1}).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"), [("q=DISP", 1), ("q=%25", 0), ("year=1974", 1), ("author=2", 0)]
)
def test_filters_narrow(editor: TestClient, query: str, found: int) -> None:
    editor.post("/api/books", json=book())
    assert editor.get(f"/api/books?{query}").json()["total"] == found


def test_paging_is_checked(client: TestClient) -> None:
    response = client.get("/api/books?page=0&per_page=101")
    assert {error["field"] for error in response.json()["errors"]} == {"page", "per_page"}


def test_an_import_with_a_fault_stores_nothing(editor: TestClient) -> None:
    for fault, field in (({"title": "Another"}, "isbn"), ({"author_id": 99}, "author_id")):
        response = editor.post("/api/books/import", json=[book(), book(**fault)])
        assert response.status_code == 422
        error = response.json()["errors"][0]
        assert (error["index"], error["field"]) == (1, field)
    assert editor.get("/api/books").json()["total"] == 0


def test_the_export_is_csv(editor: TestClient) -> None:
    editor.post("/api/books/import", json=[book(title='"Quoted", twice', pages=None)])
    lines = editor.get("/api/books.csv").text.splitlines()
    assert lines[1] == '"""Quoted"", twice",9780060512750,1974-05-01,,Ursula K. Le Guin'


def test_the_page_escapes(editor: TestClient) -> None:
    editor.post("/api/books", json=book(title="<b>bold</b>"))
    page = editor.get("/", params={"q": '"><b>'})
    assert '"><b>' not in page.text
    assert "&lt;b&gt;bold" in editor.get("/").text
