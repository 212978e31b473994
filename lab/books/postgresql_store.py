"""A store in PostgreSQL: what the suite does to it behind the application's back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from lab.books.stores import ROW, Store, tables_of
from lab.core import postgres

LONGEST = 120
"""Characters that are kept of a statement."""
LOGGED = re.compile(r"^(\w*)\|LOG:  (?:statement|execute [^:\n]*): (.*(?:\n\t.*)*)", re.MULTILINE)
"""A statement in the log of PostgreSQL, after the name of its database."""
DECLARED = re.compile(r"^DECLARE .*? FOR (?=SELECT\b|WITH\b)", re.IGNORECASE)
"""The beginning of a cursor, whose query follows: it is one query however often the driver fetches from it."""
OF_DRIVER = re.compile(r"\b(pg_catalog|pg_type|current_schema|set_config|version\(\))", re.IGNORECASE)
"""What a driver asks PostgreSQL about itself on a new connection."""
TRACED = {"log_statement": "all", "log_line_prefix": "%d|", "log_parameter_max_length": "0"}
FAIL = """
CREATE TABLE promise (author bigint REFERENCES {authors} (id) DEFERRABLE INITIALLY DEFERRED);
CREATE FUNCTION promised() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    'BEGIN INSERT INTO promise VALUES (-1); RETURN NEW; END';
CREATE TRIGGER promised AFTER INSERT ON {books} FOR EACH ROW EXECUTE FUNCTION promised();
"""
"""A foreign key that is checked at the end, and never holds."""
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
    origin: str = ""
    """The database that it is a copy of, which nobody uses."""

    @property
    def url(self) -> str:
        """Return the address of the database."""
        return self.server.url(self.name)

    @property
    def statements(self) -> list[str]:
        """Return what the server has logged for this database, without what drivers ask for themselves."""
        text = self.server.log_file.read_text(encoding="utf-8", errors="replace")
        said = (found[2] for found in LOGGED.finditer(text) if found[1] == self.name)
        whole = (" ".join(one.split()) for one in said if not OF_DRIVER.search(one))
        return [DECLARED.sub("", one)[:LONGEST] for one in whole]

    @property
    def no_table(self) -> str:
        """Return what the database says of a table that is not there."""
        return "does not exist"

    def drop_tables(self) -> None:
        """Take all tables away, while the application runs."""
        with self._opened() as store:
            for name in _columns(store):
                store.execute(f'DROP TABLE "{name}" CASCADE')

    def lose_authors(self) -> None:
        """Let the author of a book vanish just before the book is inserted."""
        with self._opened() as store:
            books, authors = tables_of(_columns(store))
            store.execute(LOSE.format(books=books, authors=authors))

    def orphans(self) -> int:
        """Return how many books have an author who is not there."""
        with self._opened() as store:
            books, authors = tables_of(_columns(store))
            missing = f"NOT EXISTS (SELECT FROM {authors} WHERE id = author_id)"
            return int(_first(store, f"SELECT count(*) FROM {books} WHERE {missing}"))  # noqa: S608

    def an_isbn(self) -> str:
        """Return the ISBN of a book."""
        with self._opened() as store:
            books, _ = tables_of(_columns(store))
            return str(_first(store, f"SELECT isbn FROM {books}"))  # noqa: S608 - a name of the schema

    def refuses(self, isbn: str, author: int) -> bool:
        """Return whether the database itself refuses a book with this ISBN and this author."""
        with self._opened() as store:
            books, _ = tables_of(_columns(store))
            try:
                store.execute(f"INSERT INTO {books} {ROW.format(isbn=isbn, author=author)}")
            except psycopg.IntegrityError:
                return True
            return False

    @contextmanager
    def failing_commits(self) -> Iterator[None]:
        """Let every insertion of a book succeed and its commit fail, during the block."""
        with self._opened() as store:
            books, authors = tables_of(_columns(store))
            store.execute(FAIL.format(books=books, authors=authors))
        try:
            yield
        finally:
            with self._opened() as store:
                store.execute(f"DROP TRIGGER promised ON {books}; DROP FUNCTION promised; DROP TABLE promise")

    def copy_into(self, other: Store) -> None:
        """Put all that it holds into another store of the same application, while both may be used."""
        assert isinstance(other, PostgresqlStore)
        if self.origin and not other.has_tables():
            self.server.drop(other.name)
            self.server.create(other.name, self.origin)
        with self._opened() as store, other._opened() as new:
            new.execute("SET session_replication_role = replica")  # in whatever order: no foreign key is checked
            for name in _columns(store):
                new.execute(f'TRUNCATE "{name}" CASCADE')
            for name in _columns(store):
                with (
                    store.cursor().copy(f'COPY "{name}" TO STDOUT') as out,
                    new.cursor().copy(f'COPY "{name}" FROM STDIN') as put,
                ):
                    for part in out:
                        put.write(part)

    def has_tables(self) -> bool:
        """Return whether anybody has made a table."""
        with self._opened() as store:
            return bool(_columns(store))

    def remove(self) -> None:
        """Drop the database."""
        self.server.drop(self.name)

    def _opened(self) -> AbstractContextManager[psycopg.Connection[Any]]:
        return self.server.connect(self.name)


def _columns(store: psycopg.Connection[Any]) -> dict[str, list[str]]:
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
        origin = template.name if isinstance(template, PostgresqlStore) else ""
        self.server.create(name, origin or "template1")
        return PostgresqlStore(self.server, name, origin)
