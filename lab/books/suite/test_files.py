"""Files that the command reads, and stores that it has met before."""

from __future__ import annotations

import pytest

from lab.books.sample import AUTHORS, SEEDED, as_csv, new_isbn, rows
from lab.books.suite.conftest import SHUFFLED, client_of

HEADER = "title,isbn,published,pages,author"


@pytest.fixture
def imported(eastern, tmp_path):
    """Import a text into a store that has the seed; return the answer of the command and a client."""
    with client_of(eastern) as reader:

        def go(text: str):
            file = tmp_path / "file.csv"
            file.write_text(text, encoding="utf-8", newline="")
            return eastern.run("import", str(file))

        yield go, reader


@pytest.mark.item("command")
def test_a_file_stores_as_a_creation_does(imported):
    go, reader = imported
    isbn = new_isbn()
    done = go(f"{HEADER}\n  Of a file  ,{isbn[:3]}-{isbn[3]} {isbn[4:]},0001-01-01,,{AUTHORS[1]}\n")
    assert (done.status, done.out.strip().splitlines()[-1:]) == (0, ["imported 1"]), done.err
    (made,) = reader.get("/api/books", params={"q": "Of a file"}).json()["items"]
    assert (made["title"], made["isbn"], made["published"], made["pages"]) == ("Of a file", isbn, "0001-01-01", None)
    assert made["author"]["name"] == AUTHORS[1]


@pytest.mark.item("command")
def test_authors_who_are_there_are_taken(imported):
    go, reader = imported
    before, total = reader.get("/api/authors").json(), reader.get("/api/books").json()["total"]
    assert go(as_csv(rows(f"More {number}" for number in range(12)))).status == 0
    assert reader.get("/api/authors").json() == before
    assert reader.get("/api/books").json()["total"] == total + 12


@pytest.mark.item("command")
def test_a_file_without_books_imports_none(imported):
    go, reader = imported
    total = reader.get("/api/books").json()["total"]
    done = go(f"{HEADER}\r\n")
    assert (done.status, done.out.strip().splitlines()[-1:]) == (0, ["imported 0"]), done.err
    assert reader.get("/api/books").json()["total"] == total >= SEEDED


@pytest.mark.item("command")
def test_making_the_tables_again_keeps_what_is_there(eastern):
    with client_of(eastern) as reader:
        before = reader.get("/api/books").json()
        assert eastern.run("release").status == 0
        assert reader.get("/api/books").json() == before
        assert before["total"] >= SEEDED


@pytest.mark.item("paging")
def test_books_are_sorted_by_title_whenever_they_were_stored(shuffled):
    with client_of(shuffled) as reader:
        first = reader.get("/api/books", params={"per_page": 3}).json()["items"]
        rest = reader.get("/api/books", params={"per_page": 3, "page": 2}).json()["items"]
    assert [item["title"] for item in (*first, *rest)] == sorted(SHUFFLED)
