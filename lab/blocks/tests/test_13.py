import pytest
from books.models import Book
from books.security import create_book, search
from django.core import checks
from django.test import Client
from django.urls import clear_url_caches, path

BOOK = {"title": "O'Reilly", "published_date": "1939-03-13", "isbn": "9780141182681"}


@pytest.fixture(autouse=True)
def address():
    from books import urls

    urls.urlpatterns.append(path("books/create", create_book))
    clear_url_caches()
    yield
    urls.urlpatterns.pop()
    clear_url_caches()


def test_the_headers_are_sent():
    headers = Client().get("/books/", secure=True).headers
    assert headers["Content-Security-Policy"] == "default-src 'self'"
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")


def test_http_is_led_to_https():
    assert Client().get("/books/").status_code == 301


def test_without_a_token_nothing_is_stored_though_no_decorator_says_so(author):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/books/create", {**BOOK, "author_id": author.id}, secure=True).status_code == 403
    assert Book.objects.count() == 0


def test_with_a_token_the_book_is_stored_and_found(author):
    response = Client().post("/books/create", {**BOOK, "author_id": author.id}, secure=True)
    assert response.status_code == 302
    assert [book.title for book in search("o'r")] == ["O'Reilly"]
    assert list(search("' OR 1=1 --")) == []


def test_only_what_startproject_wrote_is_left_to_find():
    found = {item.id for item in checks.run_checks(include_deployment_checks=True)}
    assert found <= {"mail.E001", "security.W009", "security.W018", "security.W020"}
