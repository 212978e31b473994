import json
import time
from unittest.mock import patch

import jwt
from masonite.configuration import config

from books.live import Listener
from tests.TestCase import TestCase


def dispossessed(**changes):
    book = {"title": " The Dispossessed ", "isbn": "978-0-06-051275-0", "published": "1974-05-01"}
    return {**book, "author_id": 1, **changes}


class TestBooks(TestCase):
    # region testing
    def test_a_created_book_is_answered_and_found(self):
        self.as_editor()
        self.post("/api/books", dispossessed()).assertCreated().assertLocation("/api/books/1")
        self.get("/api/books/1").assertOk().assertJsonPath("title", "The Dispossessed")

    def test_every_fault_is_named(self):
        self.as_editor()
        answer = self.post("/api/books", {"title": " ", "isbn": "1", "author_id": 7})
        answer.assertIsStatus(422)
        faults = {error["field"] for error in json.loads(answer.get_content())["errors"]}
        assert faults == {"title", "isbn", "published", "author_id"}

    def test_the_webhook_is_told_of_a_creation(self):
        self.as_editor()
        settings = self.application.make("config")
        self.addCleanup(settings.set, "books.webhook", "")
        settings.set("books.webhook", "http://listener.test")
        settings.set("queue.drivers.async.blocking", True)
        with patch("requests.post") as post:
            self.post("/api/books", dispossessed())
        assert post.call_args.kwargs["json"]["book"]["isbn"] == "9780060512750"

    def test_listeners_are_told_of_a_creation(self):
        self.as_editor()
        listener = Listener(self.application.make("hub"))
        self.addCleanup(listener.close)
        self.post("/api/books", dispossessed())
        assert next(listener) == b": welcome\n\n"
        event = json.loads(next(listener).decode().removeprefix("data: "))
        assert (event["event"], event["book"]["id"]) == ("created", 1)

    # endregion

    def test_an_isbn_is_taken_once(self):
        self.as_editor()
        self.post("/api/books", dispossessed()).assertCreated()
        self.post("/api/books", dispossessed()).assertIsStatus(409)

    def test_a_change_leaves_the_other_fields(self):
        self.as_editor()
        self.post("/api/books", dispossessed(pages=341))
        answer = self.patch("/api/books/1", {"pages": None})
        answer.assertJsonPath("pages", None).assertJsonPath("title", "The Dispossessed")

    def test_a_deleted_book_is_gone(self):
        self.as_editor()
        self.post("/api/books", dispossessed())
        self.fetch("/api/books/1", method="DELETE").assertNoContent()
        self.get("/api/books/1").assertNotFound()

    def test_a_page_has_as_many_books_as_the_settings_say(self):
        self.as_editor()
        for isbn in ("9780000000002", "9780000000019", "9780000000026"):
            self.post("/api/books", dispossessed(isbn=isbn)).assertCreated()
        page = json.loads(self.get("/api/books").assertOk().get_content())
        assert (page["total"], len(page["items"])) == (3, 2)

    def test_writing_wants_a_token(self):
        answer = self.post("/api/books", dispossessed()).assertUnauthorized()
        answer.assertHasHeader("WWW-Authenticate", "Bearer")
        self.assertDatabaseCount("books", 0)

    def test_a_token_wants_the_name_and_the_password(self):
        for user in (
            {"username": "ada", "password": None},
            {"username": "\ud800", "password": "1815"},
            {"username": "ada\n1815", "password": ""},
        ):
            answer = self.post("/api/token", user).assertUnauthorized()
            answer.assertHasHeader("WWW-Authenticate", "Bearer")

    def test_a_token_of_somebody_else_is_refused(self):
        claims = {"sub": "bob", "exp": time.time() + 60}
        token = jwt.encode(claims, config("books.secret"), algorithm="HS256")
        self.withHeaders({"Authorization": f"Bearer {token}"})
        self.post("/api/books", dispossessed()).assertUnauthorized()

    def test_half_of_a_surrogate_pair_is_no_title(self):
        self.as_editor()
        self.post("/api/books", dispossessed(title="\ud800")).assertIsStatus(422)

    def test_an_unknown_book_is_a_problem(self):
        answer = self.get("/api/books/7").assertNotFound()
        answer.assertHasHeader("Content-Type", "application/problem+json")

    def test_a_page_lists_the_books(self):
        self.as_editor()
        self.post("/api/books", dispossessed(title="<b>Bold</b>"))
        self.get("/").assertOk().assertContains("&lt;b&gt;Bold").assertContains("Le Guin")

    def test_the_service_is_healthy(self):
        self.get("/health").assertOk().assertJsonExact({"status": "ok"})
