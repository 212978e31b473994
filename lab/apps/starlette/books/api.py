import asyncio
import csv
import io
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Select, extract, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from starlette.authentication import requires
from starlette.background import BackgroundTasks
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from books import settings
from books.auth import create_token
from books.database import State
from books.errors import Invalid
from books.live import broadcast
from books.models import Author, Book, books_per_author, insert_books, with_author
from books.notify import notify
from books.schemas import (
    BookCreate,
    BookList,
    BookUpdate,
    Filters,
    Paging,
    json_of,
)


# region pagination
async def page_of(request: Request[State], query: Select[Any], paging: Paging) -> Response:
    per_page = paging.per_page or settings.PAGE_SIZE
    offset = (paging.page - 1) * per_page
    count = select(func.count()).select_from(query.order_by(None).subquery())
    items = []
    async with request.state["sessions"]() as session:
        total = await session.scalar(count) or 0
        if offset < total:
            found = await session.scalars(query.offset(offset).limit(per_page))
            items = [item.as_dict() for item in found]
    return JSONResponse({"items": items, "total": total, "page": paging.page, "per_page": per_page})


async def list_authors(request: Request[State]) -> Response:
    """
    parameters:
      - $ref: "#/components/parameters/page"
      - $ref: "#/components/parameters/per_page"
    responses:
      200: {description: "Authors by name"}
    """
    paging = Paging.model_validate(dict(request.query_params))
    return await page_of(request, select(Author).order_by(Author.name, Author.id), paging)


async def list_books(request: Request[State]) -> Response:
    """
    parameters:
      - $ref: "#/components/parameters/page"
      - $ref: "#/components/parameters/per_page"
      - {name: author, in: query, schema: {type: integer}}
      - {name: q, in: query, schema: {type: string}}
      - {name: year, in: query, schema: {type: integer}}
    responses:
      200: {description: "Books by title"}
    """
    filters = Filters.model_validate(dict(request.query_params))
    query = with_author.order_by(Book.title, Book.id)
    if filters.author is not None:
        query = query.where(Book.author_id == filters.author)
    if filters.q:
        query = query.where(Book.title.icontains(filters.q, autoescape=True))
    if filters.year is not None:
        query = query.where(extract("year", Book.published) == filters.year)
    return await page_of(request, query, filters)


# endregion


# region validation
@requires("authenticated", status_code=401)
async def create_book(request: Request[State]) -> Response:
    """
    security: [{bearer: []}]
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: "#/components/schemas/BookCreate"}}}
    responses:
      201: {description: "The book"}
      422: {description: "A problem that names the broken fields"}
    """
    fields = BookCreate.model_validate(await json_of(request))
    async with request.state["sessions"]() as session:
        author = await author_or_422(session, fields.author_id)
        book = Book(**fields.model_dump(), author=author)
        await save(session, book)
    headers = {"Location": request.app.url_path_for("get_book", book_id=book.id)}
    return JSONResponse(book.as_dict(), 201, headers, background=announce(book))


async def author_or_422(session: AsyncSession, author_id: int) -> Author:
    author = await session.get(Author, author_id)
    if author is None:
        raise Invalid([(("author_id",), "There is no such author")])
    return author


# endregion


# region background
def announce(book: Book) -> BackgroundTasks:
    """The tasks that begin when the response has been sent."""
    event = {"event": "created", "book": book.as_dict()}
    tasks = BackgroundTasks()
    tasks.add_task(broadcast, event)
    tasks.add_task(notify, event)
    return tasks


# endregion


async def save(session: AsyncSession, book: Book) -> None:
    session.add(book)
    try:
        await session.commit()
    except IntegrityError:
        raise HTTPException(409, "There is a book with this ISBN.") from None
    except StaleDataError:  # deleted meanwhile
        raise HTTPException(404, "There is no such book.") from None


# region routing
class RowIDConvertor(Convertor[int]):
    """Starlette's own int takes any number of digits, more than a row or Python can have."""

    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("row", RowIDConvertor())


async def book_or_404(session: AsyncSession, request: Request[State]) -> Book:
    book = await session.scalar(with_author.where(Book.id == request.path_params["book_id"]))
    if book is None:
        raise HTTPException(404, "There is no such book.")
    return book


async def get_book(request: Request[State]) -> Response:
    """
    parameters: [{$ref: "#/components/parameters/book_id"}]
    responses:
      200: {description: "The book"}
      404: {description: "A problem"}
    """
    async with request.state["sessions"]() as session:
        book = await book_or_404(session, request)
    return JSONResponse(book.as_dict())


# endregion


@requires("authenticated", status_code=401)
async def update_book(request: Request[State]) -> Response:
    """
    security: [{bearer: []}]
    parameters: [{$ref: "#/components/parameters/book_id"}]
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: "#/components/schemas/BookUpdate"}}}
    responses:
      200: {description: "The book"}
    """
    changes = BookUpdate.model_validate(await json_of(request))
    values = changes.model_dump(exclude_unset=True)
    async with request.state["sessions"]() as session:
        book = await book_or_404(session, request)
        if "author_id" in values:
            book.author = await author_or_422(session, values["author_id"])
        for name, value in values.items():
            setattr(book, name, value)
        await save(session, book)
    return JSONResponse(book.as_dict())


@requires("authenticated", status_code=401)
async def delete_book(request: Request[State]) -> Response:
    """
    security: [{bearer: []}]
    parameters: [{$ref: "#/components/parameters/book_id"}]
    responses:
      204: {description: "Deleted"}
    """
    async with request.state["sessions"]() as session:
        await session.delete(await book_or_404(session, request))
        await session.commit()
    return Response(status_code=204)


# region database
async def statistics(request: Request[State]) -> Response:
    """
    responses:
      200: {description: "How many books each author has"}
    """
    async with request.state["sessions"]() as session:
        rows = (await session.execute(books_per_author)).all()
    return JSONResponse([{"author": author.as_dict(), "books": books} for author, books in rows])


# endregion


# region transaction
@requires("authenticated", status_code=401)
async def import_books(request: Request[State]) -> Response:
    """
    security: [{bearer: []}]
    requestBody:
      required: true
      content:
        application/json:
          schema: {type: array, items: {$ref: "#/components/schemas/BookCreate"}}
    responses:
      201: {description: "How many books were stored"}
    """
    books = await run_in_threadpool(BookList.validate_python, await json_of(request))
    async with request.state["sessions"]() as session:
        authors = set(await session.scalars(select(Author.id)))
        unknown = [index for index, book in enumerate(books) if book.author_id not in authors]
        refuse(unknown, "author_id", "There is no such author")
        taken = await insert_books(session, [book.model_dump() for book in books])
        refuse(taken, "isbn", "Is taken")
        await session.commit()
    return JSONResponse({"imported": len(books)}, 201)


def refuse(indexes: list[int], field: str, message: str) -> None:
    if indexes:
        raise Invalid([((index, field), message) for index in indexes])


# endregion


# region streaming
exports = asyncio.Semaphore(10)  # slow downloads leave connections of the pool to others


async def export_books(request: Request[State]) -> Response:
    """
    responses:
      200: {description: "All books as CSV", content: {text/csv: {}}}
    """
    headers = {"Content-Disposition": 'attachment; filename="books.csv"'}
    pieces = csv_pieces(request.state["sessions"])
    return StreamingResponse(pieces, media_type="text/csv", headers=headers)


async def csv_pieces(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[str]:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(["title", "isbn", "published", "pages", "author"])
    async with exports, sessions() as session:
        result = await session.stream(query)
        async for rows in result.partitions(500):
            writer.writerows(rows)
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


# endregion


# region routing
routes = [
    Route("/token", create_token, methods=["POST"]),
    Route("/authors", list_authors),
    Route("/books", list_books),
    Route("/books", create_book, methods=["POST"]),
    Route("/books.csv", export_books),
    Route("/books/import", import_books, methods=["POST"]),
    Route("/books/{book_id:row}", get_book),
    Route("/books/{book_id:row}", update_book, methods=["PATCH"]),
    Route("/books/{book_id:row}", delete_book, methods=["DELETE"]),
    Route("/statistics", statistics),
]
# endregion
