# region database
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, Row, Select, String, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

from books.config import Config


class Base(DeclarativeBase):
    # 64 bits in both: an INTEGER of PostgreSQL has 32, and SQLite numbers rows in nothing else.
    type_annotation_map = {int: BigInteger().with_variant(Integer, "sqlite")}


class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)

    def serialize(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name}


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    published: Mapped[date]
    pages: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id), index=True)
    author: Mapped[Author] = relationship(lazy="raise")

    def serialize(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "isbn": self.isbn,
            "published": self.published.isoformat(),
            "pages": self.pages,
            "author": self.author.serialize(),
        }


def insert(session: AsyncSession, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """SQLAlchemy has one INSERT … ON CONFLICT for each database."""
    dialects = {"postgresql": postgresql, "sqlite": sqlite}
    return dialects[session.get_bind().dialect.name].insert(table)


def set_pragmas(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


class Database:
    def __init__(self, config: Config) -> None:
        if config.database.startswith("postgresql://"):
            self.engine = create_async_engine(config.database)
        else:
            url = f"sqlite+aiosqlite:///{config.database}"
            self.engine = create_async_engine(url, connect_args={"timeout": 20})
            event.listen(self.engine.sync_engine, "connect", set_pragmas)
        self.session = async_sessionmaker(self.engine, expire_on_commit=False)

    async def create_tables(self) -> None:
        async with self.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)

    async def process_shutdown(self, scope: dict[str, Any], event: dict[str, Any]) -> None:
        await self.engine.dispose()


def books_with_authors() -> Select[tuple[Book]]:
    return select(Book).options(joinedload(Book.author))


async def books_per_author(session: AsyncSession) -> list[Row[tuple[Author, int]]]:
    count = func.count(Book.id)
    query = select(Author, count).outerjoin(Book).group_by(Author.id)
    return list(await session.execute(query.order_by(count.desc(), Author.name)))
    # endregion
