# region database
from datetime import date
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sqlalchemy import BigInteger, ForeignKey, Integer, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    # 64 bits in both: an INTEGER of PostgreSQL has 32, and SQLite numbers rows in nothing else.
    type_annotation_map = {int: BigInteger().with_variant(Integer, "sqlite")}


class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    published: Mapped[date]
    pages: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
    author: Mapped[Author] = relationship(lazy="joined", innerjoin=True)


def open_engine(database: str) -> AsyncEngine:
    if database.startswith("postgresql://"):
        return create_async_engine(database)
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}", connect_args={"timeout": 30})

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")

    return engine


def insert(session: AsyncSession, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """SQLAlchemy has one INSERT … ON CONFLICT for each database."""
    dialects = {"postgresql": postgresql, "sqlite": sqlite}
    return dialects[session.get_bind().dialect.name].insert(table)


async def connect(app: Sanic) -> None:
    app.ctx.engine = open_engine(app.config.DATABASE)
    app.ctx.sessions = async_sessionmaker(app.ctx.engine, expire_on_commit=False)


async def disconnect(app: Sanic) -> None:
    await app.ctx.engine.dispose()


async def open_session(request: Request) -> None:
    request.ctx.session = request.app.ctx.sessions()


async def close_session(request: Request, response: HTTPResponse) -> None:
    if hasattr(request.ctx, "session"):
        await request.ctx.session.rollback()  # what SQLite refuses at a commit stays open otherwise
        await request.ctx.session.close()


def register(app: Sanic) -> None:
    app.before_server_start(connect)
    app.after_server_stop(disconnect)
    app.on_request(open_session)
    app.on_response(close_session)

    @app.command(name="create-tables")
    async def create_tables() -> None:
        """Create the tables of an empty database"""
        engine = open_engine(app.config.DATABASE)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        await engine.dispose()


# endregion
