import pytest
from app import app, db
from reports import get_books_direct, get_reading_statistics
from reviews import Review


@pytest.fixture(autouse=True, scope="module")
def reviewed(library):
    with app.app_context():
        db.session.add_all([Review(book_id=1, rating=rating) for rating in (3, 4, 5)])
        db.session.commit()


def test_a_book_with_three_reviews_counts_once():
    with app.app_context():
        assert [tuple(row) for row in get_reading_statistics()] == [("Flann O'Brien", 1, 4.0)]


def test_sqlite3_reads_the_database_of_the_application():
    found = [{"title": "O'Reilly", "author_name": "Flann O'Brien", "published_date": "1939-03-13"}]
    assert get_books_direct() == found
