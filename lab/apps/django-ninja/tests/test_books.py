import asyncio
import json
import os
import time
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import jwt
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.tasks import default_task_backend
from django.test import SimpleTestCase, TestCase, override_settings
from ninja.testing import TestClient
from pydantic_core import PydanticCustomError

from books.api import api
from books.catalogue.live import listeners, publish
from books.catalogue.models import Author, Book
from books.catalogue.schemas import Event, isbn13
from books.settings import number

BOOK = {
    "title": "The Dispossessed",
    "isbn": "978-0-00-000000-2",
    "published": "1974-05-01",
    "pages": 341,
    "author_id": 1,
}


# region testing
class BookTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Author.objects.create(pk=1, name="Ursula K. Le Guin")

    def setUp(self):
        self.reader = TestClient(api)
        credentials = {"username": "ada", "password": "correct horse"}
        token = self.reader.post("/api/token", json=credentials).data["access_token"]
        self.editor = TestClient(api, headers={"Authorization": f"Bearer {token}"})

    def create(self, **fields):
        return self.editor.post("/api/books", json={**BOOK, **fields})

    def test_a_book_is_created_and_found(self):
        created = self.create()
        assert created.status_code == 201
        found = self.reader.get(created["Location"])
        assert found.json() == created.json()
        assert found.json()["isbn"] == "9780000000002"

    def test_every_broken_field_is_named(self):
        answer = self.create(title=" ", isbn="9780000000001", published="2023-02-29", pages=0)
        assert answer.status_code == 422
        fields = {error["field"] for error in answer.json()["errors"]}
        assert fields == {"title", "isbn", "published", "pages"}

    def test_the_author_must_be_known(self):
        answer = self.create(author_id=2)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == ["author_id"]

    # endregion

    def test_json_of_another_type_is_refused(self):
        for field, value in {"title": 1, "published": 2024, "pages": "3", "author_id": "1"}.items():
            with self.subTest(field=field):
                answer = self.create(**{field: value})
                assert [e["field"] for e in answer.json()["errors"]] == [field]

    def test_a_date_is_written_in_one_way(self):
        for published in ("20240229", "2024-W09-4", "2024-2-29"):
            with self.subTest(published=published):
                assert self.create(published=published).status_code == 422

    def test_writing_wants_a_token(self):
        answer = self.reader.post("/api/books", json=BOOK)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer["Content-Type"] == "application/problem+json"

    def test_a_token_of_somebody_else_is_refused(self):
        claims = {"sub": "somebody", "exp": int(time.time()) + 60}
        token = jwt.encode(claims, settings.SECRET_KEY, algorithm="HS256")
        headers = {"Authorization": f"Bearer {token}"}
        assert self.reader.delete("/api/books/1", headers=headers).status_code == 401

    def test_a_password_that_is_no_text_is_refused(self):
        credentials = {"username": "ada", "password": "\ud800"}
        assert self.reader.post("/api/token", json=credentials).status_code == 422

    def test_an_isbn_is_taken_once(self):
        self.create()
        assert self.create().status_code == 409

    def test_a_part_is_updated(self):
        address = self.create()["Location"]
        patched = self.editor.patch(address, json={"pages": None})
        assert patched.json()["title"] == BOOK["title"]
        assert Book.objects.get().pages is None
        refused = self.editor.patch(address, json={"title": None})
        assert refused.status_code == 422

    def test_a_book_is_deleted_once(self):
        address = self.create()["Location"]
        assert self.editor.delete(address).status_code == 204
        assert self.editor.delete(address).status_code == 404
        assert self.reader.get(address).status_code == 404

    def test_a_book_deleted_meanwhile_is_not_found(self):
        address = self.create()["Location"]
        book = Book.objects.get()
        Book.objects.all().delete()
        with patch("books.catalogue.books.get_object_or_404", return_value=book):
            answer = self.editor.patch(address, json={"pages": 1})
        assert answer.status_code == 404

    def test_a_page_takes_two_queries(self):
        self.create()
        with self.assertNumQueries(2):
            page = self.reader.get("/api/books?q=dispo&year=1974&author=1").json()
        assert (page["total"], page["page"], page["per_page"]) == (1, 1, 20)
        assert self.reader.get("/api/books?page=9").json()["items"] == []
        assert self.reader.get("/api/books?q=%25").json()["total"] == 0
        assert self.reader.get("/api/books?page=").status_code == 422

    def test_statistics_count_authors_without_books(self):
        with self.assertNumQueries(1):
            statistics = self.reader.get("/api/statistics").json()
        assert statistics == [{"author": {"id": 1, "name": "Ursula K. Le Guin"}, "books": 0}]

    def test_an_import_is_stored_whole_or_not_at_all(self):
        def send(*books):
            return self.editor.post("/api/books/import", json=books)

        for wrong in ({"title": "Again"}, {"pages": 0}, {"author_id": 2, "isbn": "9780000000019"}):
            refused = send(BOOK, {**BOOK, **wrong})
            assert {error["index"] for error in refused.json()["errors"]} == {1}
        assert not Book.objects.exists()
        assert send(BOOK).json() == {"imported": 1}
        assert send(BOOK).status_code == 422

    def test_markup_is_escaped(self):
        page = self.client.get("/", {"q": '"><script>'})
        self.assertContains(page, 'value="&quot;&gt;&lt;script&gt;"')

    async def test_the_export_is_what_is_imported(self):
        await Book.objects.acreate(**BOOK | {"isbn": "9780000000002", "title": 'A "b",\nc'})
        answer = await self.async_client.get("/api/books.csv")
        exported = b"".join([line async for line in answer])
        await Book.objects.all().adelete()
        imported = await self.import_csv(exported)
        assert imported == "imported 1\n"
        answer = await self.async_client.get("/api/books.csv")
        assert b"".join([line async for line in answer]) == exported

    async def import_csv(self, content):
        out = StringIO()
        with TemporaryDirectory() as folder:
            file = Path(folder) / "books.csv"
            file.write_bytes(content)
            await sync_to_async(call_command)("import_books", file, stdout=out)
        return out.getvalue()

    async def test_faults_of_a_file_are_named_by_line(self):
        with self.assertRaisesMessage(CommandError, "line 2: isbn: An ISBN has 13 digits."):
            await self.import_csv(b"title,isbn,published,pages,author\nX,12,2024-01-01,,Someone\n")
        assert not await Author.objects.filter(name="Someone").aexists()

    async def test_a_file_needs_the_columns_of_the_export(self):
        for content in (b"", b"title,isbn,published,pages\n"):
            with self.assertRaisesMessage(CommandError, "The columns must be"):
                await self.import_csv(content)

    @override_settings(BOOKS_WEBHOOK="http://localhost/hook")
    def test_the_webhook_is_told(self):
        created = self.create().json()
        (result,) = default_task_backend.results
        assert result.args == [{"event": "created", "book": created}]

    async def test_listeners_are_told(self):
        answer = await self.async_client.get("/live")
        told = asyncio.ensure_future(anext(aiter(answer)))
        await asyncio.sleep(0.1)
        book = await Book.objects.acreate(**BOOK | {"published": date(1974, 5, 1)})
        book.author = await Author.objects.aget()
        publish(Event(event="created", book=book))
        event = json.loads((await told).removeprefix(b"data: "))
        assert (event["event"], event["book"]["author"]["id"]) == ("created", 1)

    async def test_a_listener_that_does_not_keep_up_is_let_go(self):
        queue = asyncio.Queue(maxsize=1)
        listeners[queue] = asyncio.get_running_loop()
        for _ in range(2):
            publish(Event.model_construct(event="created"))
        await asyncio.sleep(0)
        assert not listeners


class SettingsTests(SimpleTestCase):
    @patch.dict(os.environ, BOOKS_PAGE_SIZE="0")
    def test_a_wrong_setting_is_named(self):
        with self.assertRaisesMessage(ImproperlyConfigured, "BOOKS_PAGE_SIZE"):
            number("BOOKS_PAGE_SIZE", "20", 1, 100)


class ISBNTests(SimpleTestCase):
    def test_blanks_and_hyphens_between_digits_are_not_stored(self):
        assert isbn13("978 0-00-000000 2") == "9780000000002"
        with self.assertRaisesMessage(PydanticCustomError, "An ISBN has 13 digits."):
            isbn13("9780000000002-")
