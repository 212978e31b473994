from datetime import date

import pytest
from books.models import Book
from django.test import Client
from kit import django_queries


@pytest.fixture(autouse=True)
def book(author):
    return Book.objects.create(title="Emma", author=author, published_date=date(1815, 12, 23), isbn="9780141439587")


def test_the_page_lists_the_book():
    response = Client().get("/books/")
    assert (response.status_code, response.content) == (200, b"<p>Emma by Jane Austen</p>\n")


def test_books_and_authors_come_with_one_query():
    assert django_queries(lambda: Client().get("/books/")) == 1


def test_the_api_lists_the_book():
    found = [{"title": "Emma", "author__name": "Jane Austen", "published_date": "1815-12-23"}]
    assert Client().get("/api/books/").json() == found
