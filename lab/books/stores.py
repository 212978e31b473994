"""The store of a running application, as the suite needs it on every database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

ROW = "(title, isbn, published, pages, author_id) VALUES ('T', '{isbn}', '2024-02-29', 1, {author})"
"""A book, for INSERT INTO."""


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

    def failing_commits(self) -> AbstractContextManager[None]:
        """Let every insertion of a book succeed and its commit fail, during the block."""

    def copy_into(self, other: Store) -> None:
        """Put all that it holds into another store of the same application, while both may be used."""

    def remove(self) -> None:
        """Remove the store, which nobody needs any longer."""


class Database(Protocol):
    """Where stores are made."""

    def store(self, folder: Path, template: Store | None = None) -> Store:
        """Return a store for an application with that folder: empty, or a copy of another that nobody uses."""


def tables_of(columns: Mapping[str, Collection[str]]) -> tuple[str, str]:
    """Return the tables of the books and of the authors, in quotes, by their columns."""
    (books,) = (name for name, has in columns.items() if {"isbn", "author_id"} <= set(has))
    (authors,) = (name for name, has in columns.items() if {"id", "name"} <= set(has) and "author" in name)
    return f'"{books}"', f'"{authors}"'
