# region database
import asyncio
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, String, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from books.settings import Settings


class Base(DeclarativeBase):
    # 64 bits in both: an INTEGER of PostgreSQL has 32, and SQLite numbers rows in nothing else.
    type_annotation_map = {int: BigInteger().with_variant(Integer, "sqlite")}


class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name}


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    published: Mapped[date]
    pages: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
    author: Mapped[Author] = relationship(lazy="joined", innerjoin=True)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "isbn": self.isbn,
            "published": self.published.isoformat(),
            "pages": self.pages,
            "author": self.author.to_dict(),
        }


def open_engine(database: str) -> AsyncEngine:
    if database.startswith("postgresql://"):
        return create_async_engine(database)
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}", connect_args={"timeout": 30})

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")

    return engine


async def create_tables(database: str) -> None:
    engine = open_engine(database)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(create_tables(Settings.from_env().database))
# endregion
