import asyncio
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jwt
import pytest
from sqlalchemy import insert
from tornado.httpclient import HTTPResponse
from tornado.simple_httpclient import HTTPStreamClosedError
from tornado.testing import AsyncHTTPTestCase, gen_test
from tornado.websocket import websocket_connect

from books import command
from books.app import BooksApplication
from books.models import Author, create_tables, open_engine
from books.schemas import isbn_13
from books.settings import Settings

PASSWORD = "correct horse"
BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}


# region testing
class BooksTestCase(AsyncHTTPTestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.database = str(self.folder / "books.db")
        asyncio.run(create_tables(self.database))
        asyncio.run(self.add_author())
        super().setUp()
        self.headers: dict[str, str] = {}

    async def add_author(self) -> None:
        engine = open_engine(self.database)
        async with engine.begin() as connection:
            await connection.execute(insert(Author).values(name="Ursula K. Le Guin"))
        await engine.dispose()

    def get_app(self) -> BooksApplication:
        key = "a key for tests that is long enough"
        config = Settings(database=self.database, secret=key, editor="ada", password=PASSWORD)
        return BooksApplication(config)

    def tearDown(self) -> None:
        self.io_loop.run_sync(self._app.engine.dispose)
        super().tearDown()

    def send(self, method: str, path: str, value: Any = None) -> HTTPResponse:
        body = None if value is None else json.dumps(value)
        return self.fetch(path, method=method, body=body, headers=self.headers)

    def sign_in(self, password: str = PASSWORD) -> int:
        answer = self.send("POST", "/api/token", {"username": "ada", "password": password})
        token = json.loads(answer.body).get("access_token")
        self.headers["Authorization"] = f"Bearer {token}"
        return answer.code


class WritingTest(BooksTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in()

    def test_a_book_is_created_and_found(self) -> None:
        created = self.send("POST", "/api/books", BOOK)
        assert created.code == 201
        found = self.fetch(created.headers["Location"])
        assert found.body == created.body
        assert json.loads(found.body)["isbn"] == "9780000000002"

    def test_broken_fields_are_named(self) -> None:
        answer = self.send("POST", "/api/books", {**BOOK, "title": " ", "pages": 0})
        assert answer.code == 422
        errors = json.loads(answer.body)["errors"]
        assert [error["field"] for error in errors] == ["title", "pages"]

    def test_the_author_must_be_known(self) -> None:
        answer = self.send("POST", "/api/books", {**BOOK, "author_id": 2})
        assert answer.code == 422
        (error,) = json.loads(answer.body)["errors"]
        assert error["field"] == "author_id"

    @gen_test
    async def test_listeners_are_told(self) -> None:
        listener = await websocket_connect(f"ws://127.0.0.1:{self.get_http_port()}/live")
        created = await self.http_client.fetch(
            self.get_url("/api/books"), method="POST", body=json.dumps(BOOK), headers=self.headers
        )
        event = json.loads(await listener.read_message())
        assert event == {"event": "created", "book": json.loads(created.body)}
        listener.close()

    # endregion

    def test_an_isbn_is_taken_once(self) -> None:
        self.send("POST", "/api/books", BOOK)
        assert self.send("POST", "/api/books", BOOK).code == 409

    def test_a_part_is_updated(self) -> None:
        self.send("POST", "/api/books", BOOK)
        changed = json.loads(self.send("PATCH", "/api/books/1", {"pages": None}).body)
        assert changed["pages"] is None
        assert changed["title"] == BOOK["title"]

    def test_a_deleted_book_is_gone(self) -> None:
        self.send("POST", "/api/books", BOOK)
        assert self.send("DELETE", "/api/books/1").code == 204
        assert self.fetch("/api/books/1").code == 404
        assert self.send("PATCH", "/api/books/1", {"title": "Again"}).code == 404
        assert self.send("DELETE", "/api/books/1").code == 404

    def test_an_import_is_stored_whole_or_not_at_all(self) -> None:
        answer = self.send("POST", "/api/books/import", [BOOK, {**BOOK, "title": "Again"}])
        assert answer.code == 422
        assert {error["index"] for error in json.loads(answer.body)["errors"]} == {0, 1}
        answer = self.send("POST", "/api/books/import", [BOOK, {**BOOK, "author_id": 2}])
        (error,) = json.loads(answer.body)["errors"]
        assert (error["index"], error["field"]) == (1, "author_id")
        stored = self.send("POST", "/api/books/import", [BOOK])
        assert json.loads(stored.body) == {"imported": 1}

    def test_wildcards_are_searched_as_they_are(self) -> None:
        self.send("POST", "/api/books", BOOK)
        for q, total in (("dispo", 1), ("%25", 0)):
            assert json.loads(self.fetch(f"/api/books?q={q}").body)["total"] == total

    def test_the_export_has_the_columns_of_the_import(self) -> None:
        self.send("POST", "/api/books", BOOK)
        exported = self.fetch("/api/books.csv").body
        self.send("DELETE", "/api/books/1")
        file = self.folder / "books.csv"
        file.write_bytes(exported)
        asyncio.run(command.import_rows(command.rows(file), self.database))
        assert self.fetch("/api/books.csv").body == exported

    def test_half_an_export_is_no_export(self) -> None:
        self.send("POST", "/api/books", BOOK)
        with (
            patch("books.api.as_csv", side_effect=["title\r\n", RuntimeError]),
            pytest.raises(HTTPStreamClosedError),
        ):
            self.fetch("/api/books.csv")

    def test_faults_of_a_file_are_named_by_line(self) -> None:
        file = self.folder / "books.csv"
        file.write_text("title,isbn,published,pages,author\nX,123,2024-01-01,,Someone\n")
        with pytest.raises(SystemExit, match="line 2: isbn: "):
            asyncio.run(command.import_rows(command.rows(file), self.database))

    def test_another_file_is_refused(self) -> None:
        file = self.folder / "books.csv"
        file.write_text("name,year\nX,2024\n")
        with pytest.raises(SystemExit, match="must have the columns title, isbn"):
            list(command.rows(file))

    def test_a_token_of_somebody_else_is_refused(self) -> None:
        claims = {"sub": "somebody", "exp": time.time() + 60}
        token = jwt.encode(claims, self._app.config.secret, algorithm="HS256")
        self.headers["Authorization"] = f"Bearer {token}"
        assert self.send("POST", "/api/books", BOOK).code == 401


class ReadingTest(BooksTestCase):
    def test_writing_wants_a_token(self) -> None:
        answer = self.send("POST", "/api/books", BOOK)
        assert answer.code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"

    def test_the_password_must_be_right(self) -> None:
        assert self.sign_in("no idea") == 401

    def test_markup_is_escaped(self) -> None:
        page = self.fetch("/?q=%22%3E%3Cscript%3E").body.decode()
        assert "<script>" not in page
        assert 'value="&quot;&gt;&lt;script&gt;"' in page

    def test_the_methods_that_are_there_are_named(self) -> None:
        answer = self.send("PUT", "/api/books/1", BOOK)
        assert (answer.code, answer.headers["Allow"]) == (405, "GET, DELETE, PATCH")

    def test_an_address_that_is_not_there(self) -> None:
        problem = self.fetch("/api/nothing")
        assert problem.headers["Content-Type"] == "application/problem+json"
        page = self.fetch("/nothing", headers={"X-Request-ID": "mine"})
        assert page.headers["Content-Type"].startswith("text/html")
        assert page.headers["X-Request-ID"] == "mine"


def test_settings_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKS_SECRET", "short")
    with pytest.raises(SystemExit, match="BOOKS_SECRET"):
        Settings.from_env()


def test_the_checksum_decides() -> None:
    assert isbn_13("978 0 00 000000 2") == "9780000000002"
