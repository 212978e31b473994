from datetime import date

import pytest
from books import performance
from books.models import Book
from django.core.cache import cache
from django.test import RequestFactory
from kit import django_queries


@pytest.fixture(autouse=True)
def books(author):
    cache.clear()
    for number in range(5):
        Book.objects.create(title="Emma", author=author, published_date=date(1815, 12, 23), isbn=str(number))


def asked():
    return RequestFactory().get("/")


def test_the_list_needs_two_queries_however_many_books_there_are():
    assert django_queries(lambda: performance.optimized_book_list(asked())) == 2


def test_statistics_are_cached():
    assert performance.book_statistics(asked()).content == b'{"books": 5}'
    Book.objects.all().delete()
    assert performance.book_statistics(asked()).content == b'{"books": 5}'


def test_a_result_that_is_empty_is_cached_too(monkeypatch):
    counted = []
    monkeypatch.setattr(performance, "calculate_book_statistics", lambda: counted.append(1) or {})
    for _ in range(2):
        performance.book_statistics.__wrapped__(asked())
    assert counted == [1]


def test_all_books_are_updated_with_one_update():
    changes = [{"id": book.id, "title": f"Book {book.id}"} for book in Book.objects.all()]
    before = Book.objects.first().updated_at
    assert django_queries(lambda: performance.bulk_update_books(changes)) == 1
    assert {book.title for book in Book.objects.all()} == {change["title"] for change in changes}
    assert Book.objects.first().updated_at > before
