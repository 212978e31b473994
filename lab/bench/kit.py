"""What all adapters share: the settings of a run, the table, the wait, the pieces of the download.

It runs inside the environment of a stack, so only the standard library is imported at the top.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lab.bench.rows import AsyncRows, Rows

DATABASE = os.environ.get("BENCH_DATABASE", "")
"""The address of the PostgreSQL server; empty for a SQLite file in the working folder."""
ROUTES = range(int(os.environ.get("BENCH_ROUTES") or 0))
"""The numbers of the routes that are added."""
MIDDLEWARE = range(int(os.environ.get("BENCH_MIDDLEWARE") or 0))
"""The numbers of the middleware that is added."""

GREETING = "Hello, World!"
WAIT = 0.05
"""Seconds that the other service takes to answer."""
PIECE = bytes(range(256)) * 256
"""64 KiB: one of the pieces of the download."""
PIECES = 16
LARGEST = 32 * 1024 * 1024
"""Bytes of the largest upload, for frameworks that limit a body."""
FOLDER = Path.cwd()
"""The working folder of the server, which is its own."""
TEMPLATES = Path(__file__).parent / "adapters" / "templates"
TABLE = tuple({"id": number, "name": f"<row> & {number}", "value": number * 3} for number in range(1, 51))
"""The rows of the template: their names must be escaped."""


def wait() -> None:
    """Wait for the other service, and block the thread."""
    time.sleep(WAIT)


async def wait_async() -> None:
    """Wait for the other service, and let others run."""
    await asyncio.sleep(WAIT)


def pieces() -> Iterator[bytes]:
    """Yield the pieces of the download."""
    for _ in range(PIECES):
        yield PIECE


async def pieces_async() -> AsyncIterator[bytes]:
    """Yield the pieces of the download."""
    for _ in range(PIECES):
        yield PIECE


def open_rows() -> Rows:
    """Return the table, opened for threads: SQLite through sqlite3, PostgreSQL through psycopg."""
    from lab.bench import rows

    return rows.PostgresRows(DATABASE) if DATABASE else rows.SqliteRows()


async def open_rows_async() -> AsyncRows:
    """Return the table, opened for coroutines: SQLite through aiosqlite, PostgreSQL through asyncpg."""
    from lab.bench import rows

    return await (rows.AsyncPostgresRows.opened(DATABASE) if DATABASE else rows.AsyncSqliteRows.opened())


class SharedRows:
    """The table for a framework that has no hook for its start: the first request opens it."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._rows: AsyncRows | None = None
        self._lock = asyncio.Lock()

    async def opened(self) -> AsyncRows:
        """Return the table, opened by the first call."""
        if self._rows is None:
            async with self._lock:
                self._rows = self._rows or await open_rows_async()
        return self._rows
