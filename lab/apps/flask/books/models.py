# region database
import sqlite3
from datetime import date
from typing import Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Engine, ForeignKey, Integer, Row, String, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship


class Base(DeclarativeBase):
    # 64 bits in both: an INTEGER of PostgreSQL has 32, and SQLite numbers rows in nothing else.
    registry = registry(type_annotation_map={int: BigInteger().with_variant(Integer, "sqlite")})


db = SQLAlchemy(model_class=Base)
migrate = Migrate()


@event.listens_for(Engine, "connect")
def set_pragmas(connection: Any, record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA journal_mode = WAL")  # who reads does not stop who writes
        connection.execute("PRAGMA foreign_keys = ON")


def insert(table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """SQLAlchemy has one INSERT … ON CONFLICT for each database."""
    return {"postgresql": postgresql, "sqlite": sqlite}[db.engine.dialect.name].insert(table)


class Author(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name}


class Book(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    published: Mapped[date]
    pages: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id), index=True)
    author: Mapped[Author] = relationship(lazy="joined", innerjoin=True)

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "isbn": self.isbn,
            "published": self.published.isoformat(),
            "pages": self.pages,
            "author": self.author.as_dict(),
        }


def books_per_author() -> list[Row[tuple[Author, int]]]:
    count = func.count(Book.id)
    query = select(Author, count).outerjoin(Book).group_by(Author.id)
    return list(db.session.execute(query.order_by(count.desc(), Author.name)))
    # endregion
