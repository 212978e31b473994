import csv
import io
from collections import Counter
from http import HTTPStatus
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound, SanicException
from sanic.response import empty, json
from sanic_ext import openapi, validate
from sqlalchemy import Select, extract, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from books.auth import auth, protected
from books.errors import Refused
from books.models import Author, Book
from books.schemas import LARGEST_ID, BookCreate, BookImport, BookQuery, BookUpdate, PageQuery

books = Blueprint("books")


# region pagination
async def page_of(request: Request, wanted: Select[Any], query: PageQuery) -> HTTPResponse:
    per_page = query.per_page or request.app.config.PAGE_SIZE
    total = await request.ctx.session.scalar(select(func.count()).select_from(wanted.subquery()))
    window = wanted.limit(per_page).offset((query.page - 1) * per_page)
    items = [item.to_dict() for item in await request.ctx.session.scalars(window)]
    return json({"items": items, "total": total, "page": query.page, "per_page": per_page})


@books.get("/authors")
@openapi.parameter("page", int)
@openapi.parameter("per_page", int)
@validate(query=PageQuery)
async def list_authors(request: Request, query: PageQuery) -> HTTPResponse:
    return await page_of(request, select(Author).order_by(Author.name, Author.id), query)


@books.get("/books")
@openapi.parameter("page", int)
@openapi.parameter("per_page", int)
@openapi.parameter("q", str)
@openapi.parameter("author", int)
@openapi.parameter("year", int)
@validate(query=BookQuery)
async def list_books(request: Request, query: BookQuery) -> HTTPResponse:
    wanted = select(Book).order_by(Book.title, Book.id)
    if query.q:
        wanted = wanted.where(Book.title.icontains(query.q, autoescape=True))
    if query.author:
        wanted = wanted.where(Book.author_id == query.author)
    if query.year:
        wanted = wanted.where(extract("year", Book.published) == query.year)
    return await page_of(request, wanted, query)


# endregion


# region routing
async def book_or_404(request: Request, book_id: int) -> Book:
    book = await request.ctx.session.get(Book, book_id) if book_id <= LARGEST_ID else None
    if book is None:
        raise NotFound("There is no such book")
    return book


@books.get("/books/<book_id:int>")
async def get_book(request: Request, book_id: int) -> HTTPResponse:
    return json((await book_or_404(request, book_id)).to_dict())


# endregion


# region validation
@books.post("/books")
@openapi.definition(body={"application/json": BookCreate.model_json_schema()}, secured="bearer")
@protected
@validate(json=BookCreate)
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
    try:
        await session.commit()
    except IntegrityError:
        raise SanicException("There is a book with this ISBN", HTTPStatus.CONFLICT) from None
    await session.refresh(book, ["author"])
    return book.to_dict()


@books.patch("/books/<book_id:int>")
@openapi.definition(body={"application/json": BookUpdate.model_json_schema()}, secured="bearer")
@protected
@validate(json=BookUpdate)
async def update_book(request: Request, book_id: int, body: BookUpdate) -> HTTPResponse:
    book = await book_or_404(request, book_id)
    changes = body.model_dump(exclude_unset=True)
    if "author_id" in changes:
        await check_author(request, body.author_id)
    for name, value in changes.items():
        setattr(book, name, value)
    return json(await save(request, book))


@books.delete("/books/<book_id:int>")
@openapi.secured("bearer")
@protected
async def delete_book(request: Request, book_id: int) -> HTTPResponse:
    await request.ctx.session.delete(await book_or_404(request, book_id))
    await request.ctx.session.commit()
    return empty()


# region database
@books.get("/statistics")
async def statistics(request: Request) -> HTTPResponse:
    count = func.count(Book.id)
    rows = await request.ctx.session.execute(
        select(Author, count)
        .outerjoin(Book, Book.author_id == Author.id)
        .group_by(Author.id)
        .order_by(count.desc(), Author.name)
    )
    return json([{"author": author.to_dict(), "books": books} for author, books in rows])


# endregion


# region transaction
@books.post("/books/import")
@openapi.definition(
    body={"application/json": {"type": "array", "items": BookCreate.model_json_schema()}},
    secured="bearer",
)
@protected
@validate(json=BookImport)
async def import_books(request: Request, body: BookImport) -> HTTPResponse:
    session: AsyncSession = request.ctx.session
    wanted = body.root
    authors = set(await session.scalars(select(Author.id)))
    unknown = [index for index, book in enumerate(wanted) if book.author_id not in authors]
    if unknown:
        raise refused(unknown, "author_id", "No author has this id")
    try:
        if wanted:
            await session.execute(insert(Book), [book.model_dump() for book in wanted])
        await session.commit()
    except IntegrityError:
        await session.rollback()
        times = Counter(book.isbn for book in wanted)
        times.update(set(await session.scalars(select(Book.isbn))))
        taken = [index for index, book in enumerate(wanted) if times[book.isbn] > 1]
        raise refused(taken, "isbn", "Taken") from None
    return json({"imported": len(wanted)}, HTTPStatus.CREATED)


def refused(places: list[int], field: str, message: str) -> Refused:
    errors = [{"index": index, "field": field, "message": message} for index in places]
    return Refused("Nothing is stored", context={"errors": errors})


# endregion


# region streaming
@books.get("/books.csv")
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
