# region database
from datetime import date
from typing import Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, ForeignKey, Row, String, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
migrate = Migrate()


@event.listens_for(Engine, "connect")
def set_pragmas(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")  # who reads does not stop who writes
    connection.execute("PRAGMA foreign_keys = ON")


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
