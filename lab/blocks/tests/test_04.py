from datetime import date, timedelta

import pytest
from books import queries
from books.models import Author, Book
from kit import django_queries


@pytest.fixture(autouse=True)
def books(author):
    Author.objects.create(name="Harper Lee", email="harper@example.org")
    days = (date.today() - timedelta(days=10), date(2020, 5, 1), date.today())
    ratings = (4.5, 3.5, None)
    for number, (day, rating) in enumerate(zip(days, ratings, strict=True)):
        Book.objects.create(title="Emma", author=author, published_date=day, isbn=str(number), rating=rating)


def test_authors_with_books_are_counted_and_rated():
    found = [(a.name, a.book_count, a.avg_rating) for a in queries.authors_with_stats()]
    assert found == [("Jane Austen", 3, 4.0)]


def test_recent_popular_books_come_with_their_author_in_one_query():
    assert [book.isbn for book in queries.recent_popular_books()] == ["0"]
    assert django_queries(lambda: [book.author.name for book in queries.recent_popular_books()]) == 1


def test_a_year_is_archived():
    assert queries.archive(2020) == 1
    assert Book.objects.get(is_archived=True).isbn == "1"


def test_the_raw_sql_reads_the_table_of_the_model(author):
    assert queries.books_by_author() == [(author.id, 3)]
