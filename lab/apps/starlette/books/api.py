import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Select, delete, extract, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError
from starlette.authentication import requires
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from books import settings
from books.auth import create_token
from books.errors import Invalid
from books.live import broadcast
from books.models import Author, Book, books_per_author, insert_books, with_author
from books.notify import notify
from books.schemas import (
    AuthorPage,
    BookCreate,
    BookList,
    BookPage,
    BookPublic,
    BookUpdate,
    Filters,
    Imported,
    ModelResponse,
    Paging,
    Statistics,
)
from books.state import State


# region pagination
async def page_of(request: Request[State], query: Select[Any], paging: Paging) -> dict[str, Any]:
    per_page = paging.per_page or settings.PAGE_SIZE
    offset = (paging.page - 1) * per_page
    count = select(func.count()).select_from(query.order_by(None).subquery())
    items = []
    async with request.state["sessions"]() as session:
        total = await session.scalar(count) or 0
        if offset < total:
            items = list(await session.scalars(query.offset(offset).limit(per_page)))
    return {"items": items, "total": total, "page": paging.page, "per_page": per_page}


async def list_authors(request: Request[State]) -> Response:
    """
    parameters:
      - $ref: "#/components/parameters/page"
      - $ref: "#/components/parameters/per_page"
    responses:
      200: {$ref: "#/components/responses/AuthorPage"}
      422: {$ref: "#/components/responses/Problem"}
    """
    paging = Paging.model_validate(dict(request.query_params))
    query = select(Author).order_by(Author.name, Author.id)
    return ModelResponse(AuthorPage.model_validate(await page_of(request, query, paging)))


async def list_books(request: Request[State]) -> Response:
    """
    parameters:
      - $ref: "#/components/parameters/page"
      - $ref: "#/components/parameters/per_page"
      - {name: author, in: query, schema: {type: integer, minimum: 1}}
      - {name: q, in: query, schema: {type: string}}
      - {name: year, in: query, schema: {type: integer, minimum: 1, maximum: 9999}}
    responses:
      200: {$ref: "#/components/responses/BookPage"}
      422: {$ref: "#/components/responses/Problem"}
    """
    filters = Filters.model_validate(dict(request.query_params))
    query = with_author.order_by(Book.title, Book.id)
    if filters.author is not None:
        query = query.where(Book.author_id == filters.author)
    if filters.q:
        query = query.where(Book.title.icontains(filters.q, autoescape=True))
    if filters.year is not None:
        query = query.where(extract("year", Book.published) == filters.year)
    return ModelResponse(BookPage.model_validate(await page_of(request, query, filters)))


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
      201: {$ref: "#/components/responses/BookPublic"}
      400: {$ref: "#/components/responses/Problem"}
      401: {$ref: "#/components/responses/Problem"}
      409: {$ref: "#/components/responses/Problem"}
      422: {$ref: "#/components/responses/Problem"}
    """
    fields = BookCreate.model_validate_json(await request.body())
    async with request.state["sessions"]() as session:
        author = await author_or_422(session, fields.author_id)
        book = Book(**fields.model_dump(), author=author)
        await save(session, book)
    headers = {"Location": request.app.url_path_for("get_book", book_id=book.id)}
    created = BookPublic.model_validate(book)
    return ModelResponse(created, 201, headers, background=announce(request.state, created))


async def author_or_422(session: AsyncSession, author_id: int) -> Author:
    author = await session.get(Author, author_id)
    if author is None:
        raise Invalid([(("author_id",), "There is no such author")])
    return author


# endregion


# region background
def announce(state: State, book: BookPublic) -> BackgroundTask:
    """Tell the live clients; return the task that begins when the response has been sent."""
    event = {"event": "created", "book": book.model_dump(mode="json")}
    broadcast(state["live"], json.dumps(event))
    return BackgroundTask(notify, state["http"], event)


# endregion


async def save(session: AsyncSession, book: Book) -> None:
    session.add(book)
    try:
        await session.commit()
    except IntegrityError:
        await session.rollback()  # what SQLite refuses at the commit itself stays open otherwise
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
      200: {$ref: "#/components/responses/BookPublic"}
      404: {$ref: "#/components/responses/Problem"}
    """
    async with request.state["sessions"]() as session:
        book = await book_or_404(session, request)
    return ModelResponse(BookPublic.model_validate(book))


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
      200: {$ref: "#/components/responses/BookPublic"}
      400: {$ref: "#/components/responses/Problem"}
      401: {$ref: "#/components/responses/Problem"}
      404: {$ref: "#/components/responses/Problem"}
      409: {$ref: "#/components/responses/Problem"}
      422: {$ref: "#/components/responses/Problem"}
    """
    changes = BookUpdate.model_validate_json(await request.body())
    values = changes.model_dump(exclude_unset=True)
    async with request.state["sessions"]() as session:
        book = await book_or_404(session, request)
        if "author_id" in values:
            book.author = await author_or_422(session, values["author_id"])
        for name, value in values.items():
            setattr(book, name, value)
        await save(session, book)
    return ModelResponse(BookPublic.model_validate(book))


@requires("authenticated", status_code=401)
async def delete_book(request: Request[State]) -> Response:
    """
    security: [{bearer: []}]
    parameters: [{$ref: "#/components/parameters/book_id"}]
    responses:
      204: {description: "Deleted"}
      401: {$ref: "#/components/responses/Problem"}
      404: {$ref: "#/components/responses/Problem"}
    """
    statement = delete(Book).where(Book.id == request.path_params["book_id"])
    async with request.state["sessions"].begin() as session:
        result = await session.execute(statement)
    if result.rowcount == 0:
        raise HTTPException(404, "There is no such book.")
    return Response(status_code=204)


# region database
async def statistics(request: Request[State]) -> Response:
    """
    responses:
      200: {$ref: "#/components/responses/Statistics"}
    """
    async with request.state["sessions"]() as session:
        rows = await session.execute(books_per_author)
        found = [{"author": author, "books": books} for author, books in rows]
    return ModelResponse(Statistics.model_validate(found))


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
      201: {$ref: "#/components/responses/Imported"}
      400: {$ref: "#/components/responses/Problem"}
      401: {$ref: "#/components/responses/Problem"}
      422: {$ref: "#/components/responses/Problem"}
    """
    books = await run_in_threadpool(rows_of, await request.body())
    async with request.state["sessions"].begin() as session:
        authors = set(await session.scalars(select(Author.id)))
        unknown = [index for index, book in enumerate(books) if book["author_id"] not in authors]
        refuse(unknown, "author_id", "There is no such author")
        taken = await insert_books(session, books)
        refuse(taken, "isbn", "Is taken")
    return ModelResponse(Imported(imported=len(books)), 201)


def rows_of(body: bytes) -> list[dict[str, Any]]:
    return [book.model_dump() for book in BookList.validate_json(body)]


def refuse(indexes: list[int], field: str, message: str) -> None:
    if indexes:
        raise Invalid([((index, field), message) for index in indexes])


# endregion


# region streaming
async def export_books(request: Request[State]) -> Response:
    """
    responses:
      200: {description: "All books as CSV", content: {text/csv: {}}}
    """
    headers = {"Content-Disposition": 'attachment; filename="books.csv"'}
    return StreamingResponse(csv_pieces(request.state), media_type="text/csv", headers=headers)


async def csv_pieces(state: State) -> AsyncIterator[str]:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(["title", "isbn", "published", "pages", "author"])
    # Slow downloads leave connections of the pool to others.
    async with state["exports"], state["sessions"]() as session:
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
