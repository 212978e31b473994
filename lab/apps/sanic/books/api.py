import csv
import io
from asyncio import to_thread
from http import HTTPStatus
from typing import Any

import pydantic
from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import empty, json
from sanic_ext import openapi, validate
from sanic_ext.exceptions import ValidationError
from sqlalchemy import Select, delete, extract, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from books.auth import auth, protected
from books.document import answers, content
from books.errors import Refused
from books.models import Author, Book, insert
from books.schemas import (
    LARGEST_ID,
    AuthorPage,
    AuthorStatistics,
    BookCreate,
    BookImport,
    BookPage,
    BookQuery,
    BookRead,
    BookUpdate,
    Imported,
    PageQuery,
    Statistics,
)

books = Blueprint("books")


# region pagination
async def page_of(
    request: Request, wanted: Select[Any], query: PageQuery, model: type[AuthorPage | BookPage]
) -> HTTPResponse:
    session: AsyncSession = request.ctx.session
    per_page = query.per_page or request.app.config.PAGE_SIZE
    total = await session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    offset = (query.page - 1) * per_page
    # The number of a page may be larger than an offset can be.
    items = await session.scalars(wanted.limit(per_page).offset(offset)) if offset < total else []
    page = model(items=list(items), total=total, page=query.page, per_page=per_page)
    return json(page.model_dump(mode="json"))


@books.get("/authors")
@openapi.parameter("page", int)
@openapi.parameter("per_page", int)
@openapi.definition(response=answers(200, content(AuthorPage), 422))
@validate(query=PageQuery)
async def list_authors(request: Request, query: PageQuery) -> HTTPResponse:
    return await page_of(
        request, select(Author).order_by(Author.name, Author.id), query, AuthorPage
    )


@books.get("/books")
@openapi.parameter("page", int)
@openapi.parameter("per_page", int)
@openapi.parameter("q", str)
@openapi.parameter("author", int)
@openapi.parameter("year", int)
@openapi.definition(response=answers(200, content(BookPage), 422))
@validate(query=BookQuery)
async def list_books(request: Request, query: BookQuery) -> HTTPResponse:
    wanted = select(Book).order_by(Book.title, Book.id)
    if query.q:
        wanted = wanted.where(Book.title.icontains(query.q, autoescape=True))
    if query.author:
        wanted = wanted.where(Book.author_id == query.author)
    if query.year:
        wanted = wanted.where(extract("year", Book.published) == query.year)
    return await page_of(request, wanted, query, BookPage)


# endregion


# region routing
async def book_or_404(request: Request, book_id: int) -> Book:
    book = await request.ctx.session.get(Book, book_id) if 0 < book_id <= LARGEST_ID else None
    if book is None:
        raise NotFound("There is no such book")
    return book


@books.get("/books/<book_id:int>")
@openapi.definition(response=answers(200, content(BookRead), 404))
async def get_book(request: Request, book_id: int) -> HTTPResponse:
    book = BookRead.model_validate(await book_or_404(request, book_id))
    return json(book.model_dump(mode="json"))


# endregion


# region validation
@books.post("/books")
@openapi.definition(
    body=content(BookCreate),
    response=answers(201, content(BookRead), 400, 401, 409, 413, 422),
    secured="bearer",
)
@protected
@validate(json=BookCreate, strict=True)
async def create_book(request: Request, body: BookCreate) -> HTTPResponse:
    await check_author(request, body.author_id)
    created = await save(request, Book(**body.model_dump()))
    event = {"event": "created", "book": created}
    await request.app.dispatch("books.book.created", context={"app": request.app, "event": event})
    return json(created, HTTPStatus.CREATED, {"Location": f"/api/books/{created['id']}"})


async def check_author(request: Request, author_id: int) -> None:
    if await request.ctx.session.get(Author, author_id) is None:
        fault = {"field": "author_id", "message": "No author has this id"}
        raise Refused(context={"errors": [fault]})


# endregion


async def save(request: Request, book: Book) -> dict[str, Any]:
    session: AsyncSession = request.ctx.session
    session.add(book)
    await session.flush()
    # An update that changes nothing takes no lock: the book may be gone by now.
    stored = await session.get(Book, book.id, populate_existing=True)
    if stored is None:
        raise NotFound("There is no such book")
    saved = BookRead.model_validate(stored).model_dump(mode="json")
    await session.commit()
    return saved


@books.patch("/books/<book_id:int>")
@openapi.definition(
    body=content(BookUpdate),
    response=answers(200, content(BookRead), 400, 401, 404, 409, 413, 422),
    secured="bearer",
)
@protected
@validate(json=BookUpdate, strict=True)
async def update_book(request: Request, book_id: int, body: BookUpdate) -> HTTPResponse:
    book = await book_or_404(request, book_id)
    changes = body.model_dump()
    if "author_id" in changes:
        await check_author(request, changes["author_id"])
    for name, value in changes.items():
        setattr(book, name, value)
    return json(await save(request, book))


@books.delete("/books/<book_id:int>")
@openapi.definition(response=answers(204, {}, 401, 404), secured="bearer")
@protected
async def delete_book(request: Request, book_id: int) -> HTTPResponse:
    book = await book_or_404(request, book_id)
    deleted = await request.ctx.session.execute(delete(Book).where(Book.id == book.id))
    await request.ctx.session.commit()
    if not deleted.rowcount:
        raise NotFound("There is no such book")
    return empty()


# region database
@books.get("/statistics")
@openapi.definition(response=answers(200, content(Statistics)))
async def statistics(request: Request) -> HTTPResponse:
    count = func.count(Book.id)
    rows = await request.ctx.session.execute(
        select(Author, count)
        .outerjoin(Book, Book.author_id == Author.id)
        .group_by(Author.id)
        .order_by(count.desc(), Author.name)
    )
    found = [AuthorStatistics(author=author, books=books) for author, books in rows]
    return json(Statistics(found).model_dump())


# endregion


# region transaction
@books.post("/books/import")
@openapi.definition(
    body=content(BookImport),
    response=answers(201, content(Imported), 400, 401, 409, 413, 422),
    secured="bearer",
)
@protected
async def import_books(request: Request) -> HTTPResponse:
    session: AsyncSession = request.ctx.session
    # The decorator would validate where everybody is served; this takes a while.
    try:
        body = await to_thread(BookImport.model_validate_json, request.body)
    except pydantic.ValidationError as error:
        raise ValidationError("Some books are not right") from error
    wanted = [book.model_dump() for book in body.root]
    authors = set(await session.scalars(select(Author.id)))
    unknown = [index for index, book in enumerate(wanted) if book["author_id"] not in authors]
    if unknown:
        raise refused(unknown, "author_id", "No author has this id")
    if taken := await insert_books(session, wanted):
        raise refused(taken, "isbn", "Taken")
    await session.commit()
    return json({"imported": len(wanted)}, HTTPStatus.CREATED)


async def insert_books(session: AsyncSession, books: list[dict[str, Any]]) -> list[int]:
    """Insert all that can be, and return the places of those whose ISBN is taken."""
    statement = insert(session, Book).on_conflict_do_nothing().returning(Book.isbn)
    taken = []
    for start in range(0, len(books), 1000):
        part = books[start : start + 1000]
        stored = set(await session.scalars(statement, part))
        for place, book in enumerate(part, start):
            if book["isbn"] in stored:
                stored.remove(book["isbn"])
            else:
                taken.append(place)
    return taken


def refused(places: list[int], field: str, message: str) -> Refused:
    errors = [{"index": index, "field": field, "message": message} for index in places]
    return Refused("Nothing is stored", context={"errors": errors})


# endregion


# region streaming
@books.get("/books.csv")
@openapi.definition(response=answers(200, {"text/csv": {"schema": {"type": "string"}}}))
async def export_books(request: Request) -> None:
    response = await request.respond(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="books.csv"'},
    )
    # The session of the request is closed where the response starts.
    async with request.app.ctx.sessions() as session:
        stored = await session.stream_scalars(select(Book).order_by(Book.id))
        await response.send(as_csv([["title", "isbn", "published", "pages", "author"]]))
        async for part in stored.partitions(500):
            rows = [[b.title, b.isbn, b.published, b.pages, b.author.name] for b in part]
            await response.send(as_csv(rows))
    await response.eof()


def as_csv(rows: list[list[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


# endregion

# region routing
api = Blueprint.group(auth, books, url_prefix="/api")
# endregion
