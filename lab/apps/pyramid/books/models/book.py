from datetime import date
from typing import Any

from pyramid.request import Request
from sqlalchemy import ForeignKey, Row, Select, String, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from books.models.meta import Base


# region database
class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)

    def __json__(self, request: Request) -> dict[str, Any]:
        return {"id": self.id, "name": self.name}


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    published: Mapped[date]
    pages: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id), index=True)
    author: Mapped[Author] = relationship()

    def __json__(self, request: Request) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "isbn": self.isbn,
            "published": self.published.isoformat(),
            "pages": self.pages,
            "author": self.author,
        }


def insert(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """SQLAlchemy has one INSERT … ON CONFLICT for each database."""
    dialects = {"postgresql": postgresql, "sqlite": sqlite}
    return dialects[session.get_bind().dialect.name].insert(table)


def books_with_authors() -> Select[tuple[Book]]:
    return select(Book).options(joinedload(Book.author))


def books_per_author(dbsession: Session) -> list[Row[tuple[Author, int]]]:
    count = func.count(Book.id)
    query = select(Author, count).outerjoin(Book).group_by(Author.id)
    return list(dbsession.execute(query.order_by(count.desc(), Author.name)))


# endregion
