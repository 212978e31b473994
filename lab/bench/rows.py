"""The table behind /row and /rows: the same statements for every stack, over the usual driver of each."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from queue import LifoQueue
from typing import Any, Self

from lab.bench import kit

FILE = kit.FOLDER / "bench.sqlite"
"""The SQLite file in the working folder of the server."""
CONNECTIONS = 10
"""The most connections that a pool opens."""
COUNT = int(os.environ.get("BENCH_ROWS") or 20)
"""Rows that /rows answers with."""
BUSY = 10.0
"""Seconds to wait for another writer."""

FILL = """
INSERT INTO item (name, value)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
SELECT 'row ' || n, n * 3 FROM numbers ORDER BY n
"""
SQLITE_TABLE = """
PRAGMA journal_mode = WAL;
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, value INTEGER NOT NULL);
"""
POSTGRES_TABLE = """
CREATE TABLE item (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, value integer NOT NULL
)
"""
POSTGRES_THERE = "SELECT to_regclass('item') IS NOT NULL"
SQLITE_THERE = "SELECT 1 FROM sqlite_master WHERE name = 'item'"
LOCK = "SELECT pg_advisory_xact_lock(11)"

Row = dict[str, Any]
COLUMNS = ("id", "name", "value")


def statements(mark: str) -> Mapping[str, str]:
    """Return the statements; `mark` is how the driver writes its first parameter."""
    first, second = (mark, mark) if mark in ("?", "%s") else ("$1", "$2")
    return {
        "one": f"SELECT id, name, value FROM item WHERE id = {first}",
        "some": f"SELECT id, name, value FROM item ORDER BY id LIMIT {first}",
        "add": f"INSERT INTO item (name, value) VALUES ({first}, {second}) RETURNING id, name, value",
    }


class Rows(ABC):
    """The table, for threads."""

    @abstractmethod
    def one(self, number: int) -> Row | None:
        """Return the row with that key; None if there is none."""

    @abstractmethod
    def some(self) -> list[Row]:
        """Return the first rows."""

    @abstractmethod
    def add(self, name: str, value: int) -> Row:
        """Insert a row in a transaction and return it."""

    @abstractmethod
    def close(self) -> None:
        """Close all connections."""


class SqliteRows(Rows):
    """A SQLite file over sqlite3: a connection is made when none is free."""

    statements = statements("?")

    def __init__(self) -> None:
        """Make the table unless it is there."""
        self._free: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._made = 0
        with self._connection() as connection:
            if connection.execute(SQLITE_THERE).fetchone() is None:
                connection.executescript(SQLITE_TABLE)
                connection.execute(FILL)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if self._free.empty() and self._made < CONNECTIONS:
            self._made += 1
            connection = sqlite3.connect(FILE, timeout=BUSY, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA synchronous = NORMAL")
        else:
            connection = self._free.get()
        try:
            yield connection
        finally:
            self._free.put(connection)

    def one(self, number: int) -> Row | None:
        """Return the row with that key; None if there is none."""
        with self._connection() as connection:
            found = connection.execute(self.statements["one"], (number,)).fetchone()
        return dict(zip(COLUMNS, found, strict=True)) if found else None

    def some(self) -> list[Row]:
        """Return the first rows."""
        with self._connection() as connection:
            found = connection.execute(self.statements["some"], (COUNT,)).fetchall()
        return [dict(zip(COLUMNS, row, strict=True)) for row in found]

    def add(self, name: str, value: int) -> Row:
        """Insert a row in a transaction and return it."""
        with self._connection() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute(self.statements["add"], (name, value)).fetchone()
        return dict(zip(COLUMNS, row, strict=True))

    def close(self) -> None:
        """Close all connections that are free."""
        while not self._free.empty():
            self._free.get().close()


class PostgresRows(Rows):
    """A PostgreSQL server over the pool of psycopg."""

    statements = statements("%s")

    def __init__(self, address: str) -> None:
        """Open the pool, and make the table unless it is there."""
        from psycopg.rows import dict_row
        from psycopg_pool import ConnectionPool

        options = {"autocommit": True, "row_factory": dict_row}
        self._pool: Any = ConnectionPool(address, kwargs=options, min_size=1, max_size=CONNECTIONS, open=True)
        with self._pool.connection() as connection, connection.transaction():
            connection.execute(LOCK)
            if not next(iter(connection.execute(POSTGRES_THERE).fetchone().values())):
                connection.execute(POSTGRES_TABLE)
                connection.execute(FILL)

    def one(self, number: int) -> Row | None:
        """Return the row with that key; None if there is none."""
        with self._pool.connection() as connection:
            found: Row | None = connection.execute(self.statements["one"], (number,)).fetchone()
        return found

    def some(self) -> list[Row]:
        """Return the first rows."""
        with self._pool.connection() as connection:
            found: list[Row] = connection.execute(self.statements["some"], (COUNT,)).fetchall()
        return found

    def add(self, name: str, value: int) -> Row:
        """Insert a row in a transaction and return it."""
        with self._pool.connection() as connection, connection.transaction():
            row: Row = connection.execute(self.statements["add"], (name, value)).fetchone()
        return row

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class AsyncRows(ABC):
    """The table, for coroutines."""

    @abstractmethod
    async def one(self, number: int) -> Row | None:
        """Return the row with that key; None if there is none."""

    @abstractmethod
    async def some(self) -> list[Row]:
        """Return the first rows."""

    @abstractmethod
    async def add(self, name: str, value: int) -> Row:
        """Insert a row in a transaction and return it."""

    @abstractmethod
    async def close(self) -> None:
        """Close all connections."""


class AsyncSqliteRows(AsyncRows):
    """A SQLite file over aiosqlite, each connection of which has a thread."""

    statements = statements("?")

    def __init__(self) -> None:
        """Prepare an empty pool; see `opened`."""
        self._free: asyncio.LifoQueue[Any] = asyncio.LifoQueue()
        self._made = 0

    @classmethod
    async def opened(cls) -> Self:
        """Return the table, made unless it is there."""
        SqliteRows().close()
        rows = cls()
        await rows._give_back(await rows._take())
        return rows

    async def _take(self) -> Any:
        if not self._free.empty() or self._made >= CONNECTIONS:
            return await self._free.get()
        import aiosqlite

        self._made += 1
        connection = await aiosqlite.connect(FILE, timeout=BUSY, isolation_level=None)
        await connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    async def _give_back(self, connection: Any) -> None:
        self._free.put_nowait(connection)

    async def one(self, number: int) -> Row | None:
        """Return the row with that key; None if there is none."""
        connection = await self._take()
        try:
            found = await connection.execute_fetchall(self.statements["one"], (number,))
        finally:
            await self._give_back(connection)
        return next((dict(zip(COLUMNS, row, strict=True)) for row in found), None)

    async def some(self) -> list[Row]:
        """Return the first rows."""
        connection = await self._take()
        try:
            found = await connection.execute_fetchall(self.statements["some"], (COUNT,))
        finally:
            await self._give_back(connection)
        return [dict(zip(COLUMNS, row, strict=True)) for row in found]

    async def add(self, name: str, value: int) -> Row:
        """Insert a row in a transaction and return it."""
        connection = await self._take()
        try:
            await connection.execute("BEGIN IMMEDIATE")
            (row,) = await connection.execute_fetchall(self.statements["add"], (name, value))
            await connection.commit()
        except BaseException:
            await connection.rollback()
            raise
        finally:
            await self._give_back(connection)
        return dict(zip(COLUMNS, row, strict=True))

    async def close(self) -> None:
        """Close all connections that are free."""
        while not self._free.empty():
            await self._free.get_nowait().close()


class AsyncPostgresRows(AsyncRows):
    """A PostgreSQL server over the pool of asyncpg."""

    statements = statements("$1")

    def __init__(self, pool: Any) -> None:
        """Keep the pool; see `opened`."""
        self._pool = pool

    @classmethod
    async def opened(cls, address: str) -> Self:
        """Return the table, made unless it is there."""
        import asyncpg

        pool = await asyncpg.create_pool(address, min_size=1, max_size=CONNECTIONS)
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(LOCK)
            if not await connection.fetchval(POSTGRES_THERE):
                await connection.execute(POSTGRES_TABLE)
                await connection.execute(FILL)
        return cls(pool)

    async def one(self, number: int) -> Row | None:
        """Return the row with that key; None if there is none."""
        found = await self._pool.fetchrow(self.statements["one"], number)
        return dict(found) if found else None

    async def some(self) -> list[Row]:
        """Return the first rows."""
        return [dict(row) for row in await self._pool.fetch(self.statements["some"], COUNT)]

    async def add(self, name: str, value: int) -> Row:
        """Insert a row in a transaction and return it."""
        async with self._pool.acquire() as connection, connection.transaction():
            return dict(await connection.fetchrow(self.statements["add"], name, value))

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.close()
