# region database
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship


class Base(DeclarativeBase):
    # 64 bits in both: an INTEGER of PostgreSQL has 32, and SQLite numbers rows in nothing else.
    type_annotation_map = {int: BigInteger().with_variant(Integer, "sqlite")}


class Author(Base):
    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Book(Base):
    __tablename__ = "book"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(index=True)
    isbn: Mapped[str] = mapped_column(unique=True)
    published: Mapped[date]
    pages: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id), index=True)
    author: Mapped[Author] = relationship(lazy="raise")


with_author = select(Book).options(joinedload(Book.author))
number_of_books = func.count(Book.id)
books_per_author = (
    select(Author, number_of_books)
    .outerjoin(Book)
    .group_by(Author.id)
    .order_by(number_of_books.desc(), Author.name)
)
# endregion


# region transaction
def insert(session: AsyncSession, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """SQLAlchemy has one INSERT … ON CONFLICT for each database."""
    dialects = {"postgresql": postgresql, "sqlite": sqlite}
    return dialects[session.get_bind().dialect.name].insert(table)


async def insert_books(session: AsyncSession, rows: list[dict[str, Any]]) -> list[int]:
    """Return the positions of the rows that were not inserted: their ISBN is taken."""
    statement = insert(session, Book).on_conflict_do_nothing(index_elements=[Book.isbn])
    inserted = set[str]()
    for start in range(0, len(rows), 1000):  # between them, the event loop serves others
        part = rows[start : start + 1000]
        inserted.update(await session.scalars(statement.returning(Book.isbn), part))
    taken = []
    for position, row in enumerate(rows):
        if row["isbn"] in inserted:
            inserted.remove(row["isbn"])  # the next row with the same ISBN was refused
        else:
            taken.append(position)
    return taken
    # endregion
