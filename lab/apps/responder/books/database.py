# region database
import asyncio
from collections.abc import AsyncIterator

from sqlalchemy import URL, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from books.settings import settings

sessions = async_sessionmaker(expire_on_commit=False)


def make_engine() -> AsyncEngine:
    if settings.database.startswith("postgresql://"):
        engine = create_async_engine(settings.database)
        sessions.configure(bind=engine)
        return engine
    url = URL.create("sqlite+aiosqlite", database=settings.database)
    engine = create_async_engine(url, connect_args={"timeout": 30})
    sessions.configure(bind=engine)

    @event.listens_for(engine.sync_engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    return engine


async def open_session() -> AsyncIterator[AsyncSession]:
    """The dependency `session`: one for each request."""
    async with sessions() as session:
        yield session


def limit_exports() -> asyncio.Semaphore:
    """The dependency `exports`: slow downloads leave connections of the pool to others."""
    return asyncio.Semaphore(10)


# endregion
