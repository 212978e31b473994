# region database
from datetime import date

from advanced_alchemy.extensions.litestar import (
    AlembicAsyncConfig,
    AsyncSessionConfig,
    EngineConfig,
    SQLAlchemyAsyncConfig,
    base,
)
from sqlalchemy import ForeignKey, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.pool import ConnectionPoolEntry


class Author(base.BigIntBase):
    __tablename__ = "author"

    name: Mapped[str] = mapped_column(unique=True)


class Book(base.BigIntBase):
    __tablename__ = "book"

    title: Mapped[str] = mapped_column(String(200), index=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    published: Mapped[date]
    pages: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), index=True)
    author: Mapped[Author] = relationship(lazy="joined", innerjoin=True)


def insert(
    session: AsyncSession, table: type[base.BigIntBase]
) -> postgresql.Insert | sqlite.Insert:
    """SQLAlchemy has one INSERT … ON CONFLICT for each database."""
    dialects = {"postgresql": postgresql, "sqlite": sqlite}
    return dialects[session.get_bind().dialect.name].insert(table)


def prepare_connection(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def create_alchemy(database: str) -> SQLAlchemyAsyncConfig:
    on_postgresql = database.startswith("postgresql://")
    config = SQLAlchemyAsyncConfig(
        connection_string=database if on_postgresql else f"sqlite+aiosqlite:///{database}",
        engine_config=EngineConfig(connect_args={} if on_postgresql else {"timeout": 30}),
        session_config=AsyncSessionConfig(expire_on_commit=False),
        alembic_config=AlembicAsyncConfig(script_location="migrations"),
    )
    if not on_postgresql:
        event.listen(config.get_engine().sync_engine, "connect", prepare_connection)
    return config


# endregion
