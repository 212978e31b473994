"""The databases on which the suite runs an application: SQLite in a file, PostgreSQL in a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lab.books.postgresql_store import TRACED, Postgresql
from lab.books.sqlite_store import SQLITE
from lab.books.stores import Database
from lab.core import postgres

NAMES = ("sqlite", "postgresql")


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
