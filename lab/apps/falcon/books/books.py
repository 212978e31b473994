import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import falcon
from falcon.asgi import Request, Response
from sqlalchemy import Select, delete, extract, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from books.auth import authorize
from books.config import Config
from books.database import Author, Book, Database, books_per_author, books_with_authors, insert
from books.errors import HTTPInvalidFields
from books.live import LiveResource
from books.schemas import BookChanges, BookList, BookQuery, NewBook, PageQuery, validate
from books.webhook import Webhook, announce


# region pagination
class AuthorsResource:
    def __init__(self, config: Config, database: Database) -> None:
        self._config = config
        self._database = database

    async def on_get(self, req: Request, resp: Response) -> None:
        asked = PageQuery.model_validate(req.params)
        per_page = asked.per_page or self._config.page_size
        query = select(Author).order_by(Author.name, Author.id)
        async with self._database.session() as session:
            resp.media = await paginate(session, query, asked.page, per_page)


async def paginate(
    session: AsyncSession, query: Select[Any], page: int, per_page: int
) -> dict[str, Any]:
    total = await session.scalar(select(func.count()).select_from(query.subquery())) or 0
    offset = (page - 1) * per_page
    # The number of a page may be larger than an offset can be.
    rows = await session.scalars(query.offset(offset).limit(per_page)) if offset < total else []
    items = [row.serialize() for row in rows]
    return {"items": items, "total": total, "page": page, "per_page": per_page}


# endregion


# region validation
async def find_author(session: AsyncSession, author_id: int) -> Author:
    author = await session.get(Author, author_id)
    if author is None:
        raise HTTPInvalidFields([{"field": "author_id", "message": "There is no such author."}])
    return author


# endregion


class BooksResource:
    def __init__(
        self, config: Config, database: Database, live: LiveResource, webhook: Webhook
    ) -> None:
        self._config = config
        self._database = database
        self.live = live
        self.webhook = webhook

    # region pagination
    async def on_get(self, req: Request, resp: Response) -> None:
        asked = BookQuery.model_validate(req.params)
        query = books_with_authors().order_by(Book.title, Book.id)
        if asked.q:
            query = query.where(Book.title.icontains(asked.q, autoescape=True))
        if asked.author:
            query = query.where(Book.author_id == asked.author)
        if asked.year:
            query = query.where(extract("year", Book.published) == asked.year)
        per_page = asked.per_page or self._config.page_size
        async with self._database.session() as session:
            resp.media = await paginate(session, query, asked.page, per_page)

    # endregion

    # region validation
    @falcon.before(authorize)
    @falcon.before(validate, NewBook)
    @falcon.after(announce)
    async def on_post(self, req: Request, resp: Response, body: NewBook) -> None:
        async with self._database.session.begin() as session:
            author = await find_author(session, body.author_id)
            book = Book(**body.model_dump(), author=author)
            session.add(book)
        resp.status = falcon.HTTP_201
        resp.location = f"/api/books/{book.id}"
        resp.media = book.serialize()

    # endregion


# region routing
async def find_book(session: AsyncSession, book_id: int) -> Book:
    query = books_with_authors().where(Book.id == book_id)
    # A book that the session holds already is read again.
    book = await session.scalar(query, execution_options={"populate_existing": True})
    if book is None:
        raise falcon.HTTPNotFound(description="There is no such book.")
    return book


# endregion


class BookResource:
    def __init__(self, database: Database) -> None:
        self._database = database

    # region routing
    async def on_get(self, req: Request, resp: Response, book_id: int) -> None:
        async with self._database.session() as session:
            book = await find_book(session, book_id)
        resp.media = book.serialize()

    # endregion

    @falcon.before(authorize)
    @falcon.before(validate, BookChanges)
    async def on_patch(self, req: Request, resp: Response, book_id: int, body: BookChanges) -> None:
        changes = body.model_dump()
        async with self._database.session.begin() as session:
            book = await find_book(session, book_id)
            if "author_id" in changes:
                await find_author(session, changes["author_id"])
            for name, value in changes.items():
                setattr(book, name, value)
            await session.flush()
            # An update that changes nothing takes no lock: the book may be gone by now.
            book = await find_book(session, book_id)
        resp.media = book.serialize()

    @falcon.before(authorize)
    async def on_delete(self, req: Request, resp: Response, book_id: int) -> None:
        async with self._database.session.begin() as session:
            deleted = await session.execute(delete(Book).where(Book.id == book_id))
        if not deleted.rowcount:
            raise falcon.HTTPNotFound(description="There is no such book.")
        resp.status = falcon.HTTP_204


# region database
class StatisticsResource:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def on_get(self, req: Request, resp: Response) -> None:
        async with self._database.session() as session:
            rows = await books_per_author(session)
        resp.media = [{"author": author.serialize(), "books": books} for author, books in rows]


# endregion


# region transaction
class ImportResource:
    def __init__(self, database: Database) -> None:
        self._database = database

    @falcon.before(authorize)
    @falcon.before(validate, BookList)
    async def on_post(self, req: Request, resp: Response, body: BookList) -> None:
        books = body.model_dump()
        async with self._database.session.begin() as session:
            authors = set(await session.scalars(select(Author.id)))
            unknown = [n for n, book in enumerate(books) if book["author_id"] not in authors]
            if unknown:
                raise invalid_books(unknown, "author_id", "There is no such author.")
            taken = await insert_books(session, books)
            if taken:
                # Leaving the block by an error rolls everything back.
                raise invalid_books(taken, "isbn", "The ISBN is taken.")
        resp.status = falcon.HTTP_201
        resp.media = {"imported": len(books)}


async def insert_books(session: AsyncSession, books: list[dict[str, Any]]) -> list[int]:
    """Insert all that can be, and return the places of those whose ISBN is taken."""
    statement = insert(session, Book).on_conflict_do_nothing().returning(Book.isbn)
    stored = set(await session.scalars(statement, books)) if books else set()
    taken = []
    for place, book in enumerate(books):
        if book["isbn"] in stored:
            stored.remove(book["isbn"])
        else:
            taken.append(place)
    return taken


def invalid_books(places: list[int], field: str, message: str) -> HTTPInvalidFields:
    return HTTPInvalidFields(
        [{"index": place, "field": field, "message": message} for place in places]
    )


# endregion


# region streaming
class ExportResource:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = falcon.MEDIA_CSV
        resp.downloadable_as = "books.csv"
        resp.stream = self._pieces()

    async def _pieces(self) -> AsyncIterator[bytes]:
        columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
        query = select(*columns).join(Book.author).order_by(Book.id)
        piece = io.StringIO()
        writer = csv.writer(piece)
        writer.writerow(["title", "isbn", "published", "pages", "author"])
        async with self._database.session() as session:
            rows = await session.stream(query.execution_options(yield_per=500))
            async for partition in rows.partitions():
                writer.writerows(partition)
                yield piece.getvalue().encode()
                piece.seek(0)
                piece.truncate()
        yield piece.getvalue().encode()


# endregion
