"""The databases on which the suite runs an application: SQLite in a file, PostgreSQL in a server of its own.

What the suite does to a store behind the application's back is here, once for each.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg

from lab.core import postgres

NAMES = ("sqlite", "postgresql")
ROW = "(title, isbn, published, pages, author_id) VALUES ('T', '{isbn}', '2024-02-29', 1, {author})"
LOSE_IN_SQLITE = """
CREATE TRIGGER vanish BEFORE INSERT ON {books} BEGIN DELETE FROM {authors} WHERE id = NEW.author_id; END
"""
LONGEST = 120
"""Characters that are kept of a statement."""


class Store(Protocol):
    """The authors and books of one running application."""

    @property
    def url(self) -> str:
        """Return the value of BOOKS_DATABASE."""

    @property
    def statements(self) -> list[str]:
        """Return the beginnings of the statements that the database has run for the application, oldest first."""

    @property
    def no_table(self) -> str:
        """Return what the database says of a table that is not there."""

    def drop_tables(self) -> None:
        """Take all tables away, while the application runs."""

    def lose_authors(self) -> None:
        """Let the author of a book vanish just before the book is inserted."""

    def orphans(self) -> int:
        """Return how many books have an author who is not there."""

    def an_isbn(self) -> str:
        """Return the ISBN of a book."""

    def refuses(self, isbn: str, author: int) -> bool:
        """Return whether the database itself refuses a book with this ISBN and this author."""

    def remove(self) -> None:
        """Remove the store, which nobody needs any longer."""


class Database(Protocol):
    """Where stores are made."""

    def store(self, folder: Path, template: Store | None = None) -> Store:
        """Return a store for an application with that folder: empty, or a copy of another that nobody uses."""


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """A file in the folder of the application."""

    folder: Path

    @property
    def url(self) -> str:
        """Return the path of the file."""
        return str(self.folder / "books.db")

    @property
    def statements(self) -> list[str]:
        """Return what the module that is loaded before the application (trace/) has written."""
        file = self.folder / "trace.sql"
        return file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []

    @property
    def no_table(self) -> str:
        """Return what the database says of a table that is not there."""
        return "no such table"

    def drop_tables(self) -> None:
        """Take all tables away, while the application runs."""
        with self._opened() as store:
            store.execute("PRAGMA foreign_keys = OFF")
            for name in _columns(store):
                store.execute(f'DROP TABLE "{name}"')

    def lose_authors(self) -> None:
        """Let the author of a book vanish just before the book is inserted."""
        with self._opened() as store:
            books, authors = _tables(_columns(store))
            store.execute(LOSE_IN_SQLITE.format(books=books, authors=authors))

    def orphans(self) -> int:
        """Return how many books have an author who is not there."""
        with self._opened() as store:
            return len(store.execute("PRAGMA foreign_key_check").fetchall())

    def an_isbn(self) -> str:
        """Return the ISBN of a book."""
        with self._opened() as store:
            books, _ = _tables(_columns(store))
            return str(store.execute(f"SELECT isbn FROM {books}").fetchone()[0])  # noqa: S608 - a name of the schema

    def refuses(self, isbn: str, author: int) -> bool:
        """Return whether the database itself refuses a book with this ISBN and this author."""
        with self._opened() as store:
            store.execute("PRAGMA foreign_keys = ON")
            books, _ = _tables(_columns(store))
            try:
                store.execute(f"INSERT INTO {books} {ROW.format(isbn=isbn, author=author)}")
            except sqlite3.IntegrityError:
                return True
            return False

    def remove(self) -> None:
        """Leave the file where it is: its folder is removed with it."""

    def _opened(self) -> AbstractContextManager[sqlite3.Connection]:
        return closing(sqlite3.connect(self.url, timeout=20, isolation_level=None))


@dataclass(frozen=True, slots=True)
class Sqlite:
    """SQLite: a file for each store."""

    def store(self, folder: Path, template: Store | None = None) -> Store:
        """Return a store in the folder, with a copy of the template's files."""
        if isinstance(template, SqliteStore):
            for file in template.folder.glob("books.db*"):
                shutil.copyfile(file, folder / file.name)
        return SqliteStore(folder)


SQLITE = Sqlite()


def _columns(store: sqlite3.Connection) -> dict[str, set[str]]:
    """Return the columns of each table."""
    names = store.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: {row[1] for row in store.execute(f'PRAGMA table_info("{name}")')} for (name,) in names.fetchall()}


def _tables(columns: Mapping[str, Collection[str]]) -> tuple[str, str]:
    """Return the tables of the books and of the authors, in quotes, by their columns."""
    (books,) = (name for name, has in columns.items() if {"isbn", "author_id"} <= set(has))
    (authors,) = (name for name, has in columns.items() if {"id", "name"} <= set(has) and "author" in name)
    return f'"{books}"', f'"{authors}"'


LOGGED = re.compile(r"^(\w*)\|LOG:  (?:statement|execute [^:\n]*): (.*(?:\n\t.*)*)", re.MULTILINE)
"""A statement in the log of PostgreSQL, after the name of its database."""
OF_DRIVER = re.compile(r"\b(pg_catalog|pg_type|current_schema|set_config|version\(\))", re.IGNORECASE)
"""What a driver asks PostgreSQL about itself on a new connection."""
TRACED = {"log_statement": "all", "log_line_prefix": "%d|", "log_parameter_max_length": "0"}
LOSE = """
CREATE FUNCTION vanish() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN DELETE FROM {authors} WHERE id = NEW.author_id; RETURN NEW; END';
CREATE TRIGGER vanish BEFORE INSERT ON {books} FOR EACH ROW EXECUTE FUNCTION vanish();
"""


@dataclass(frozen=True, slots=True)
class PostgresqlStore:
    """A database of the server."""

    server: postgres.Server
    name: str

    @property
    def url(self) -> str:
        """Return the address of the database."""
        return self.server.url(self.name)

    @property
    def statements(self) -> list[str]:
        """Return what the server has logged for this database, without what drivers ask for themselves."""
        text = self.server.log_file.read_text(encoding="utf-8", errors="replace")
        said = (found[2] for found in LOGGED.finditer(text) if found[1] == self.name)
        return [" ".join(one.split())[:LONGEST] for one in said if not OF_DRIVER.search(one)]

    @property
    def no_table(self) -> str:
        """Return what the database says of a table that is not there."""
        return "does not exist"

    def drop_tables(self) -> None:
        """Take all tables away, while the application runs."""
        with self._opened() as store:
            for name in _columns_there(store):
                store.execute(f'DROP TABLE "{name}" CASCADE')

    def lose_authors(self) -> None:
        """Let the author of a book vanish just before the book is inserted."""
        with self._opened() as store:
            books, authors = _tables(_columns_there(store))
            store.execute(LOSE.format(books=books, authors=authors))

    def orphans(self) -> int:
        """Return how many books have an author who is not there."""
        with self._opened() as store:
            books, authors = _tables(_columns_there(store))
            missing = f"NOT EXISTS (SELECT FROM {authors} WHERE id = author_id)"
            return int(_first(store, f"SELECT count(*) FROM {books} WHERE {missing}"))  # noqa: S608

    def an_isbn(self) -> str:
        """Return the ISBN of a book."""
        with self._opened() as store:
            books, _ = _tables(_columns_there(store))
            return str(_first(store, f"SELECT isbn FROM {books}"))  # noqa: S608 - a name of the schema

    def refuses(self, isbn: str, author: int) -> bool:
        """Return whether the database itself refuses a book with this ISBN and this author."""
        with self._opened() as store:
            books, _ = _tables(_columns_there(store))
            try:
                store.execute(f"INSERT INTO {books} {ROW.format(isbn=isbn, author=author)}")
            except psycopg.IntegrityError:
                return True
            return False

    def remove(self) -> None:
        """Drop the database."""
        self.server.drop(self.name)

    def _opened(self) -> AbstractContextManager[psycopg.Connection[Any]]:
        return self.server.connect(self.name)


def _columns_there(store: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Return the columns of each table."""
    found = store.execute(
        "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns "
        "WHERE table_schema = 'public' GROUP BY table_name"
    )
    return dict(found.fetchall())


def _first(store: psycopg.Connection[Any], query: str) -> Any:
    row = store.execute(query).fetchone()
    assert row
    return row[0]


@dataclass(frozen=True, slots=True)
class Postgresql:
    """PostgreSQL: a database of one server for each store."""

    server: postgres.Server

    def store(self, folder: Path, template: Store | None = None) -> Store:
        """Return a new database, with what the template holds."""
        name = f"db{next(self.server.numbers)}"
        self.server.create(name, template.name if isinstance(template, PostgresqlStore) else "template1")
        return PostgresqlStore(self.server, name)


def settings_of(name: str) -> dict[str, str]:
    """Return how the server of that database is run; nothing if it has none."""
    return {} if name == "sqlite" else postgres.CLUSTER | postgres.SETTINGS | TRACED


@contextmanager
def opened(name: str) -> Iterator[Database]:
    """Yield the database of that name until the block ends; raise LabError if PostgreSQL is not installed."""
    if name == "sqlite":
        yield SQLITE
        return
    with postgres.serving(TRACED) as server:
        yield Postgresql(server)
