# region database
from collections.abc import Mapping
from typing import Any

from quart import Quart, abort, g
from quart_db import Connection, QuartDB

from books.schemas import Author, Book, BooksOfAuthor

SELECT_BOOKS = """
    SELECT books.id, title, isbn, published, pages, author_id, name
    FROM books JOIN authors ON authors.id = author_id
"""
STATISTICS = """
    SELECT authors.id, name, COUNT(books.id) AS books
    FROM authors LEFT JOIN books ON author_id = authors.id
    GROUP BY authors.id ORDER BY books DESC, name
"""


def as_book(row: Mapping[str, Any]) -> Book:
    return Book(**row, author=Author(id=row["author_id"], name=row["name"]))


async def book_or_404(book_id: int) -> Book:
    row = await g.connection.fetch_first(f"{SELECT_BOOKS} WHERE books.id = :id", {"id": book_id})
    if row is None:
        abort(404, "There is no such book.")
    return as_book(row)


async def books_per_author() -> list[BooksOfAuthor]:
    rows = await g.connection.fetch_all(STATISTICS)
    return [BooksOfAuthor(author=Author(**row), books=row["books"]) for row in rows]


class Database(QuartDB):
    async def acquire(self) -> Connection:
        connection = await super().acquire()
        await connection.execute("PRAGMA foreign_keys = ON")
        return connection


def register(app: Quart) -> None:
    url = f"sqlite:///{app.config['DATABASE']}"
    db = Database(app, url=url, backend_options={"timeout": 20})

    @app.before_serving
    async def let_writers_pass_readers() -> None:
        async with db.connection() as connection:
            await connection.execute("PRAGMA journal_mode = WAL")

    # endregion
