# region database
from datetime import date

from advanced_alchemy.extensions.litestar import (
    AlembicAsyncConfig,
    AsyncSessionConfig,
    EngineConfig,
    SQLAlchemyAsyncConfig,
    base,
)
from sqlalchemy import Engine, ForeignKey, String, event
from sqlalchemy.engine.interfaces import DBAPIConnection
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


@event.listens_for(Engine, "connect")
def prepare_connection(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def create_alchemy(database: str) -> SQLAlchemyAsyncConfig:
    return SQLAlchemyAsyncConfig(
        connection_string=f"sqlite+aiosqlite:///{database}",
        engine_config=EngineConfig(connect_args={"timeout": 30}),
        session_config=AsyncSessionConfig(expire_on_commit=False),
        alembic_config=AlembicAsyncConfig(script_location="migrations"),
    )


# endregion
