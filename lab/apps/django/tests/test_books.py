import asyncio
import os
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from asgiref.sync import sync_to_async
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import CommandError, call_command
from django.tasks import default_task_backend
from django.test import Client, SimpleTestCase, TestCase, override_settings

from books.catalogue.auth import create_token
from books.catalogue.forms import ISBNField
from books.catalogue.live import listeners, publish
from books.catalogue.models import Author, Book
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
        cls.author = Author.objects.create(pk=1, name="Ursula K. Le Guin")

    def setUp(self):
        credentials = {"username": "ada", "password": "correct horse"}
        answer = self.client.post("/api/token", credentials, content_type="application/json")
        self.editor = Client(headers={"Authorization": f"Bearer {answer.json()['access_token']}"})

    def create(self, **fields):
        data = {**BOOK, **fields}
        return self.editor.post("/api/books", data, content_type="application/json")

    def test_a_book_is_created_and_found(self):
        created = self.create()
        assert created.status_code == 201
        found = self.client.get(created["Location"])
        assert found.json() == created.json()
        assert found.json()["isbn"] == "9780000000002"

    def test_every_broken_field_is_named(self):
        answer = self.create(title=" ", isbn="9780000000001", published="2023-02-29", author_id=2)
        assert answer.status_code == 422
        fields = {error["field"] for error in answer.json()["errors"]}
        assert fields == {"title", "isbn", "published", "author_id"}

    # endregion

    def test_json_of_another_type_is_refused(self):
        for field, value in {"title": 1, "published": 2024, "pages": "3", "author_id": "1"}.items():
            with self.subTest(field=field):
                answer = self.create(**{field: value})
                assert [e["field"] for e in answer.json()["errors"]] == [field]

    def test_writing_wants_a_token(self):
        answer = self.client.post("/api/books", BOOK, content_type="application/json")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer["Content-Type"] == "application/problem+json"

    def test_a_token_of_somebody_else_is_refused(self):
        token = create_token("somebody")
        headers = {"Authorization": f"Bearer {token}"}
        assert self.client.delete("/api/books/1", headers=headers).status_code == 401

    def test_an_isbn_is_taken_once(self):
        self.create()
        assert self.create().status_code == 409

    def test_a_part_is_updated(self):
        address = self.create()["Location"]
        patched = self.editor.patch(address, {"pages": None}, content_type="application/json")
        assert patched.json()["title"] == BOOK["title"]
        assert Book.objects.get().pages is None
        refused = self.editor.patch(address, {"title": None}, content_type="application/json")
        assert refused.status_code == 422

    def test_a_book_is_deleted_once(self):
        address = self.create()["Location"]
        assert self.editor.delete(address).status_code == 204
        assert self.editor.delete(address).status_code == 404
        assert self.client.get(address).status_code == 404

    def test_a_book_deleted_meanwhile_is_not_found(self):
        address = self.create()["Location"]
        book = Book.objects.get()
        Book.objects.all().delete()
        with patch("books.catalogue.views.get_object_or_404", return_value=book):
            answer = self.editor.patch(address, {"pages": 1}, content_type="application/json")
        assert answer.status_code == 404

    def test_a_page_takes_two_queries(self):
        self.create()
        with self.assertNumQueries(2):
            page = self.client.get("/api/books?q=dispo&year=1974&author=1").json()
        assert (page["total"], page["page"], page["per_page"]) == (1, 1, 20)
        assert self.client.get("/api/books?page=9").json()["items"] == []
        assert self.client.get("/api/books?q=%25").json()["total"] == 0
        assert self.client.get("/api/books?page=").status_code == 422

    def test_statistics_count_authors_without_books(self):
        with self.assertNumQueries(1):
            statistics = self.client.get("/api/statistics").json()
        assert statistics == [{"author": self.author.as_dict(), "books": 0}]

    def test_an_import_is_stored_whole_or_not_at_all(self):
        def send(*books):
            return self.editor.post("/api/books/import", books, content_type="application/json")

        refused = send(BOOK, {**BOOK, "title": "Again"}, {})
        assert {error["index"] for error in refused.json()["errors"]} == {1, 2}
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
        events = aiter(answer)
        await anext(events)
        publish({"event": "created"})
        assert await anext(events) == b'data: {"event": "created"}\n\n'

    async def test_a_listener_that_does_not_keep_up_is_let_go(self):
        events = aiter(await self.async_client.get("/live"))
        await anext(events)
        for _ in range(101):
            publish({"event": "created"})
        await asyncio.sleep(0)
        assert not listeners
        assert await anext(events, None) is None


class SettingsTests(SimpleTestCase):
    @patch.dict(os.environ, BOOKS_PAGE_SIZE="0")
    def test_a_wrong_setting_is_named(self):
        with self.assertRaisesMessage(ImproperlyConfigured, "BOOKS_PAGE_SIZE"):
            number("BOOKS_PAGE_SIZE", "20", 1, 100)


class ISBNTests(SimpleTestCase):
    def test_blanks_and_hyphens_between_digits_are_not_stored(self):
        assert ISBNField().clean("978 0-00-000000 2") == "9780000000002"
        with self.assertRaisesMessage(ValidationError, "An ISBN has 13 digits."):
            ISBNField().clean("9780000000002-")
