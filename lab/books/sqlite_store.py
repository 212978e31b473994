"""A store in SQLite: what the suite does to it behind the application's back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lab.books.stores import ROW, Store, tables_of

LOSE = """
CREATE TRIGGER vanish BEFORE INSERT ON {books} BEGIN DELETE FROM {authors} WHERE id = NEW.author_id; END
"""
FAIL = """
CREATE TABLE promise (author INTEGER REFERENCES {authors} (id) DEFERRABLE INITIALLY DEFERRED);
CREATE TRIGGER promised AFTER INSERT ON {books} BEGIN INSERT INTO promise VALUES (-1); END;
"""
"""A foreign key that is checked at the end, and never holds."""


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
            books, authors = tables_of(_columns(store))
            store.execute(LOSE.format(books=books, authors=authors))

    def orphans(self) -> int:
        """Return how many books have an author who is not there."""
        with self._opened() as store:
            return len(store.execute("PRAGMA foreign_key_check").fetchall())

    def an_isbn(self) -> str:
        """Return the ISBN of a book."""
        with self._opened() as store:
            books, _ = tables_of(_columns(store))
            return str(store.execute(f"SELECT isbn FROM {books}").fetchone()[0])  # noqa: S608 - a name of the schema

    def refuses(self, isbn: str, author: int) -> bool:
        """Return whether the database itself refuses a book with this ISBN and this author."""
        with self._opened() as store:
            store.execute("PRAGMA foreign_keys = ON")
            books, _ = tables_of(_columns(store))
            try:
                store.execute(f"INSERT INTO {books} {ROW.format(isbn=isbn, author=author)}")
            except sqlite3.IntegrityError:
                return True
            return False

    @contextmanager
    def failing_commits(self) -> Iterator[None]:
        """Let every insertion of a book succeed and its commit fail, during the block."""
        with self._opened() as store:
            books, authors = tables_of(_columns(store))
            store.executescript(FAIL.format(books=books, authors=authors))
        try:
            yield
        finally:
            with self._opened() as store:
                store.executescript("DROP TRIGGER promised; DROP TABLE promise;")

    def copy_into(self, other: Store) -> None:
        """Put all that it holds into another store of the same application, while both may be used."""
        with self._opened() as store, closing(sqlite3.connect(other.url)) as new:
            store.backup(new)

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
