import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from httpx2 import AsyncClient
from pydantic import ValidationError
from responder import Path, Problem, Query, Request, Response, Router, abort
from sqlalchemy import Select, delete, extract, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from books.auth import editor
from books.errors import PROBLEM
from books.live import Clients, broadcast
from books.models import Author, Book, books_per_author, insert_books, with_author
from books.notify import notify
from books.schemas import (
    LARGEST_ID,
    NO_NULL,
    AuthorPage,
    AuthorPublic,
    AuthorStatistics,
    BookCreate,
    BookList,
    BookPage,
    BookPublic,
    BookUpdate,
    Imported,
)
from books.settings import settings

# region routing
router = Router(tags=["books"])

BookId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


async def book_or_404(session: AsyncSession, book_id: int) -> Book:
    book = await session.scalar(with_author.where(Book.id == book_id))
    if book is None:
        abort(404, detail="There is no such book.")
    return book


@router.get("/books/{book_id}")
async def get_book(
    req: Request, resp: Response, *, book_id: BookId, session: AsyncSession
) -> BookPublic:
    return BookPublic.model_validate(await book_or_404(session, book_id))


# endregion


# region pagination
PageNumber = Annotated[int, Query(1, ge=1)]
PerPage = Annotated[int, Query(settings.page_size, ge=1, le=100)]


async def find_page(
    session: AsyncSession, query: Select[Any], page: int, per_page: int
) -> tuple[int, list[Any]]:
    """Return how many rows there are, and those of the page."""
    offset = (page - 1) * per_page
    count = select(func.count()).select_from(query.order_by(None).subquery())
    total = await session.scalar(count) or 0
    if offset >= total:
        return total, []
    return total, list(await session.scalars(query.offset(offset).limit(per_page)))


@router.get("/authors")
async def list_authors(
    req: Request, resp: Response, *, page: PageNumber, per_page: PerPage, session: AsyncSession
) -> AuthorPage:
    query = select(Author).order_by(Author.name, Author.id)
    total, authors = await find_page(session, query, page, per_page)
    items = [AuthorPublic.model_validate(author) for author in authors]
    return AuthorPage(items=items, total=total, page=page, per_page=per_page)


@router.get("/books")
async def list_books(
    req: Request,
    resp: Response,
    *,
    page: PageNumber,
    per_page: PerPage,
    author: Annotated[int | None, Query(None, ge=1, le=LARGEST_ID)],
    q: Annotated[str, Query("", pattern=NO_NULL)],
    year: Annotated[int | None, Query(None, ge=1, le=9999)],
    session: AsyncSession,
) -> BookPage:
    query = with_author.order_by(Book.title, Book.id)
    if author is not None:
        query = query.where(Book.author_id == author)
    if q:
        query = query.where(Book.title.icontains(q, autoescape=True))
    if year is not None:
        query = query.where(extract("year", Book.published) == year)
    total, books = await find_page(session, query, page, per_page)
    items = [BookPublic.model_validate(book) for book in books]
    return BookPage(items=items, total=total, page=page, per_page=per_page)


# endregion


# region validation
@router.post("/books", auth=editor, status_code=201, responses={409: PROBLEM})
async def create_book(
    req: Request,
    resp: Response,
    *,
    fields: BookCreate,
    session: AsyncSession,
    clients: Clients,
    http: AsyncClient,
) -> BookPublic:
    author = await author_or_422(session, fields.author_id)
    book = await save(session, Book(**fields.model_dump(), author=author))
    resp.headers["Location"] = req.api.url_for(get_book, book_id=book.id)
    announce(resp, book, clients, http)
    return book


async def author_or_422(session: AsyncSession, author_id: int) -> Author:
    author = await session.get(Author, author_id)
    if author is None:
        error = {"loc": ("author_id",), "msg": "There is no such author"}
        raise Problem(422, "Some fields are not right.", errors=[error])
    return author


# endregion


# region background
def announce(resp: Response, book: BookPublic, clients: Clients, http: AsyncClient) -> None:
    """Tell the live clients, and the listener when the response has been sent."""
    event = {"event": "created", "book": book.model_dump(mode="json")}
    broadcast(clients, json.dumps(event))
    resp.background(notify, http, event)


# endregion


async def save(session: AsyncSession, book: Book) -> BookPublic:
    session.add(book)
    try:
        await session.commit()
    except IntegrityError:
        await session.rollback()  # what SQLite refuses at the commit itself stays open otherwise
        abort(409, detail="There is a book with this ISBN.")
    except StaleDataError:  # deleted meanwhile
        abort(404, detail="There is no such book.")
    return BookPublic.model_validate(book)


@router.patch("/books/{book_id}", auth=editor, responses={409: PROBLEM})
async def update_book(
    req: Request, resp: Response, *, book_id: BookId, changes: BookUpdate, session: AsyncSession
) -> BookPublic:
    book = await book_or_404(session, book_id)
    values = changes.model_dump(exclude_unset=True)
    if "author_id" in values:
        book.author = await author_or_422(session, values["author_id"])
    for name, value in values.items():
        setattr(book, name, value)
    return await save(session, book)


@router.delete("/books/{book_id}", auth=editor, status_code=204)
async def delete_book(
    req: Request, resp: Response, *, book_id: BookId, session: AsyncSession
) -> None:
    result = await session.execute(delete(Book).where(Book.id == book_id))
    await session.commit()
    if result.rowcount == 0:
        abort(404, detail="There is no such book.")


# region database
@router.get("/statistics")
async def statistics(
    req: Request, resp: Response, *, session: AsyncSession
) -> list[AuthorStatistics]:
    rows = await session.execute(books_per_author)
    return [
        AuthorStatistics(author=AuthorPublic.model_validate(author), books=books)
        for author, books in rows
    ]


# endregion


# region transaction
LIST_OF_BOOKS = {"type": "array", "items": {"$ref": "#/components/schemas/BookCreate"}}
LIST_BODY = {"required": True, "content": {"application/json": {"schema": LIST_OF_BOOKS}}}


@router.post(
    "/books/import",
    auth=editor,
    status_code=201,
    responses={422: PROBLEM},
    openapi_extra={"requestBody": LIST_BODY},
)
async def import_books(req: Request, resp: Response, *, session: AsyncSession) -> Imported:
    # The body of a typed parameter is an object, never a list.
    try:
        books = await asyncio.to_thread(rows_of, await req.content)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
        if errors[0]["type"] == "json_invalid":
            abort(400, detail="The body is no JSON.")
        raise Problem(422, "Nothing was imported.", errors=errors) from None
    async with session.begin():
        authors = set(await session.scalars(select(Author.id)))
        unknown = [index for index, book in enumerate(books) if book["author_id"] not in authors]
        refuse(unknown, "author_id", "There is no such author")
        taken = await insert_books(session, books)
        refuse(taken, "isbn", "Is taken")
    return Imported(imported=len(books))


def rows_of(body: bytes) -> list[dict[str, Any]]:
    return [book.model_dump() for book in BookList.validate_json(body)]


def refuse(indexes: list[int], field: str, message: str) -> None:
    if indexes:
        errors = [{"loc": (index, field), "msg": message} for index in indexes]
        raise Problem(422, "Nothing was imported.", errors=errors)


# endregion


# region streaming
@router.get("/books.csv", responses={200: {"description": "All", "content": {"text/csv": {}}}})
async def export_books(
    req: Request, resp: Response, *, session: AsyncSession, exports: asyncio.Semaphore
) -> None:
    resp.headers["Content-Disposition"] = 'attachment; filename="books.csv"'
    resp.mimetype = "text/csv; charset=utf-8"
    resp.stream(csv_pieces, session, exports)


async def csv_pieces(session: AsyncSession, exports: asyncio.Semaphore) -> AsyncIterator[str]:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(["title", "isbn", "published", "pages", "author"])
    async with exports:
        result = await session.stream(query)
        async for rows in result.partitions(500):
            writer.writerows(rows)
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


# endregion
