"""What the suite does to a store behind an application's back, on SQLite and on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from lab.books import databases
from lab.books.sample import isbn13
from lab.books.sqlite_store import Sqlite
from lab.books.stores import Database, Store
from lab.core import postgres
from lab.core.errors import LabError

TABLES = """
CREATE TABLE catalogue_author (id integer PRIMARY KEY, name text UNIQUE);
CREATE TABLE auth_group (id integer PRIMARY KEY, name text);
CREATE TABLE book (id {serial} PRIMARY KEY, title text, isbn text UNIQUE, published {day}, pages integer,
                   author_id integer REFERENCES catalogue_author);
INSERT INTO catalogue_author VALUES (1, 'Ada'), (2, 'Bo');
INSERT INTO book (title, isbn, published, author_id) VALUES ('One', '{isbn}', '2024-02-29', 1);
"""
BOOK = "INSERT INTO book (title, isbn, published, author_id) VALUES ('Two', '{isbn}', '2024-02-29', {author})"
WRONG = (sqlite3.IntegrityError, psycopg.IntegrityError)


@pytest.fixture(scope="module", params=databases.NAMES)
def database(request) -> Iterator[Database]:
    try:
        if request.param == "postgresql":
            postgres.find()
    except LabError as error:
        pytest.skip(str(error))
    with databases.opened(request.param) as opened:
        yield opened


def run(store: Store, statements: str) -> None:
    """Run statements as an application does."""
    if store.url.startswith("postgresql://"):
        with psycopg.connect(store.url, autocommit=True) as opened:
            opened.execute(statements)
        return
    with closing(sqlite3.connect(store.url)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        opened.executescript(statements)


def tables(store: Store) -> str:
    """Return the statements that make tables with one book."""
    serial, day = ("serial", "date") if store.url.startswith("postgresql://") else ("integer", "text")
    return TABLES.format(serial=serial, day=day, isbn=isbn13(1))


@pytest.fixture
def store(database, tmp_path) -> Store:
    made = database.store(tmp_path)
    run(made, tables(made))
    return made


def test_the_database_itself_refuses_what_the_contract_forbids(store):
    assert store.an_isbn() == isbn13(1)
    assert store.refuses(isbn13(1), author=1)
    assert store.refuses(isbn13(2), author=999)
    assert not store.refuses(isbn13(2), author=1)


def test_an_author_vanishes_just_before_the_book_is_stored(store):
    store.lose_authors()
    with pytest.raises(WRONG):
        run(store, BOOK.format(isbn=isbn13(3), author=2))
    assert store.orphans() == 0


def test_a_commit_fails_after_the_insertion_has_succeeded(store):
    with store.failing_commits(), pytest.raises(WRONG):
        run(store, BOOK.format(isbn=isbn13(5), author=2))
    run(store, BOOK.format(isbn=isbn13(5), author=2))
    assert store.refuses(isbn13(5), author=2)


def test_what_is_in_use_is_copied_into_another_store(database, store, tmp_path_factory):
    other = database.store(tmp_path_factory.mktemp("other"))
    run(other, tables(other))
    run(store, BOOK.format(isbn=isbn13(6), author=2))
    store.copy_into(other)
    assert other.refuses(isbn13(6), author=1)
    assert other.refuses(isbn13(1), author=1)


def test_a_copy_needs_no_tables_in_the_other_store(database, store, tmp_path_factory):
    used = database.store(tmp_path_factory.mktemp("used"), store)
    run(used, BOOK.format(isbn=isbn13(6), author=2))
    other = database.store(tmp_path_factory.mktemp("bare"))
    used.copy_into(other)
    assert other.refuses(isbn13(6), author=1)
    assert not store.refuses(isbn13(6), author=1)


def test_a_book_without_its_author_is_counted(database, store):
    if isinstance(database, Sqlite):
        with closing(sqlite3.connect(store.url, isolation_level=None)) as opened:
            opened.execute(BOOK.format(isbn=isbn13(4), author=999))
    else:
        with database.server.connect(store.name) as opened:
            opened.execute("SET session_replication_role = replica")
            opened.execute(BOOK.format(isbn=isbn13(4), author=999))
    assert store.orphans() == 1


def test_tables_are_dropped_and_a_copy_is_another_store(database, store, tmp_path_factory):
    copy = database.store(tmp_path_factory.mktemp("copy"), store)
    store.drop_tables()
    with pytest.raises((sqlite3.Error, psycopg.Error), match=store.no_table):
        run(store, "DELETE FROM book")
    assert copy.an_isbn() == isbn13(1)
    copy.remove()


def test_statements_are_those_of_the_store_and_not_of_its_driver(database, tmp_path):
    if isinstance(database, Sqlite):
        pytest.skip("The module in trace/ writes them, in the process of the application.")
    store, other = database.store(tmp_path), database.store(tmp_path)
    run(other, "SELECT 'of another'")
    run(store, "SELECT\n  1")
    run(store, "SELECT pg_catalog.version()")
    with psycopg.connect(store.url) as opened:
        opened.execute("SELECT %s::text", ["a value"])
        with opened.cursor("parts") as parts:
            parts.execute("SELECT 'a query'")
            parts.fetchone()
    fetched = ["SELECT 'a query'", 'FETCH FORWARD 1 FROM "parts"', 'CLOSE "parts"']
    assert store.statements == ["SELECT 1", "BEGIN", "SELECT $1::text", *fetched, "COMMIT"]
