# region database
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from aiohttp import web
from sqlalchemy import URL, BigInteger, ForeignKey, Integer, String, event, func, select
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

from books.settings import settings_key


class Base(DeclarativeBase):
    # 64 bits in both: an INTEGER of PostgreSQL has 32, and SQLite numbers rows in nothing else.
    type_annotation_map = {int: BigInteger().with_variant(Integer, "sqlite")}


class Author(Base):
    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name}


class Book(Base):
    __tablename__ = "book"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    published: Mapped[date]
    pages: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id), index=True)
    author: Mapped[Author] = relationship(lazy="raise")

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "isbn": self.isbn,
            "published": self.published.isoformat(),
            "pages": self.pages,
            "author": self.author.as_dict(),
        }


sessions_key = web.AppKey("sessions", async_sessionmaker[AsyncSession])


def create_engine(database: str) -> AsyncEngine:
    if database.startswith("postgresql://"):
        return create_async_engine(database)
    address = URL.create("sqlite+aiosqlite", database=database)
    engine = create_async_engine(address, connect_args={"timeout": 20})

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL").close()
        connection.execute("PRAGMA foreign_keys = ON").close()

    return engine


@asynccontextmanager
async def database(app: web.Application) -> AsyncIterator[None]:
    engine = create_engine(app[settings_key].database)
    app[sessions_key] = async_sessionmaker(engine, expire_on_commit=False)
    yield
    await engine.dispose()


def session_of(request: web.Request) -> AsyncSession:
    return request.config_dict[sessions_key]()


async def statistics(session: AsyncSession) -> list[dict[str, Any]]:
    count = func.count(Book.id)
    query = select(Author, count).outerjoin(Book).group_by(Author.id)
    rows = await session.execute(query.order_by(count.desc(), Author.name))
    return [{"author": author.as_dict(), "books": books} for author, books in rows]


with_author = select(Book).options(joinedload(Book.author))
# endregion
