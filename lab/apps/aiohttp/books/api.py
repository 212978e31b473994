import asyncio
import csv
import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from aiohttp import hdrs, web
from pydantic import ValidationError
from sqlalchemy import Select, delete, extract, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from books.auth import is_editor, new_token, token_required, unauthorized
from books.errors import problem, problems
from books.models import Author, Book, session_of, statistics, with_author
from books.notify import announce
from books.schemas import (
    LARGEST_ID,
    BookChanges,
    Credentials,
    Filter,
    NewBook,
    NewBooks,
    Paging,
    json_of,
)
from books.settings import settings_key

routes = web.RouteTableDef()


# region routing
def create_api() -> web.Application:
    api = web.Application(middlewares=[problems])
    api.add_routes(routes)
    return api


# endregion


# region authentication
@routes.post("/token")
async def create_token(request: web.Request) -> web.Response:
    settings = request.config_dict[settings_key]
    given = Credentials.model_validate(await json_of(request))
    if not is_editor(settings, given.username, given.password):
        raise unauthorized("The name or the password is wrong.")
    token = {"access_token": new_token(settings, given.username), "token_type": "bearer"}
    return web.json_response(token | {"expires_in": settings.token_seconds})


# endregion


# region pagination
async def page_of(request: web.Request, query: Select[Any], asked: Paging) -> web.Response:
    per_page = asked.per_page or request.config_dict[settings_key].page_size
    part = query.limit(per_page).offset(min((asked.page - 1) * per_page, LARGEST_ID))
    async with session_of(request) as session:
        total = await session.scalar(select(func.count()).select_from(query.subquery()))
        items = [item.as_dict() for item in await session.scalars(part)]
    body = {"items": items, "total": total, "page": asked.page, "per_page": per_page}
    return web.json_response(body)


@routes.get("/authors")
async def list_authors(request: web.Request) -> web.Response:
    asked = Paging.model_validate(dict(request.query))
    return await page_of(request, select(Author).order_by(Author.name, Author.id), asked)


@routes.get("/books")
async def list_books(request: web.Request) -> web.Response:
    asked = Filter.model_validate(dict(request.query))
    query = with_author.where(Book.title.icontains(asked.q, autoescape=True))
    if asked.author is not None:
        query = query.where(Book.author_id == asked.author)
    if asked.year is not None:
        query = query.where(extract("year", Book.published) == asked.year)
    return await page_of(request, query.order_by(Book.title, Book.id), asked)


# endregion


# region routing
async def book_or_404(request: web.Request, session: AsyncSession) -> Book:
    book = await session.scalar(with_author.where(Book.id == int(request.match_info["id"])))
    if book is None:
        raise web.HTTPNotFound(text="There is no such book.")
    return book


@routes.get(r"/books/{id:[0-9]{1,18}}", name="book")
async def get_book(request: web.Request) -> web.Response:
    async with session_of(request) as session:
        book = await book_or_404(request, session)
    return web.json_response(book.as_dict())


# endregion


# region validation
def no_such_author() -> web.Response:
    errors = [{"field": "author_id", "message": "must be the id of an author"}]
    return problem(422, "Some fields are not right.", errors=errors)


@routes.post("/books")
@token_required
async def create_book(request: web.Request) -> web.Response:
    new = NewBook.model_validate(await json_of(request))
    async with session_of(request) as session, session.begin():
        author = await session.get(Author, new.author_id)
        if author is None:
            return no_such_author()
        book = Book(**new.model_dump(), author=author)
        session.add(book)
    await announce(request, book.as_dict())
    location = request.app.router["book"].url_for(id=str(book.id))
    return web.json_response(book.as_dict(), status=201, headers={hdrs.LOCATION: str(location)})


# endregion


@routes.patch(r"/books/{id:[0-9]{1,18}}")
@token_required
async def update_book(request: web.Request) -> web.Response:
    changes = BookChanges.model_validate(await json_of(request))
    async with session_of(request) as session, session.begin():
        if changes.author_id and not await session.get(Author, changes.author_id):
            return no_such_author()
        if values := changes.model_dump(exclude_unset=True):
            number = int(request.match_info["id"])
            await session.execute(update(Book).where(Book.id == number).values(values))
        book = await book_or_404(request, session)
    return web.json_response(book.as_dict())


@routes.delete(r"/books/{id:[0-9]{1,18}}")
@token_required
async def delete_book(request: web.Request) -> web.Response:
    async with session_of(request) as session, session.begin():
        found = delete(Book).where(Book.id == int(request.match_info["id"]))
        if not (await session.execute(found)).rowcount:
            raise web.HTTPNotFound(text="There is no such book.")
    return web.Response(status=204)


@routes.get("/statistics")
async def get_statistics(request: web.Request) -> web.Response:
    async with session_of(request) as session:
        return web.json_response(await statistics(session))


# region transaction
@routes.post("/books/import")
@token_required
async def import_books(request: web.Request) -> web.Response:
    given = await json_of(request)
    try:
        books = await asyncio.to_thread(NewBooks.validate_python, given)
    except ValidationError as error:
        return not_imported([((*e["loc"], "", "")[:2], e["msg"]) for e in error.errors()])
    async with session_of(request) as session:
        authors = set(await session.scalars(select(Author.id)))
        unknown = [n for n, book in enumerate(books) if book.author_id not in authors]
        if unknown:
            return not_imported([((n, "author_id"), "is unknown") for n in unknown])
        try:
            for start in range(0, len(books), 1000):  # others have their turn in between
                part = [book.model_dump() for book in books[start : start + 1000]]
                await session.execute(insert(Book), part)
            await session.commit()
        except IntegrityError:
            await session.rollback()
            times = Counter(book.isbn for book in books)
            times.update(await session.scalars(select(Book.isbn)))
            taken = [((n, "isbn"), "is taken") for n, b in enumerate(books) if times[b.isbn] > 1]
            if not taken:
                raise  # an author has just been removed
            return not_imported(taken)
    return web.json_response({"imported": len(books)}, status=201)


def not_imported(wrong: list[tuple[tuple[Any, ...], str]]) -> web.Response:
    errors = [{"index": index, "field": field, "message": why} for (index, field), why in wrong]
    return problem(422, "Nothing was imported.", errors=errors)


# endregion


# region streaming
@routes.get("/books.csv", allow_head=False)
async def export_books(request: web.Request) -> web.StreamResponse:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    async with session_of(request) as session:
        rows = await session.stream(query.execution_options(yield_per=500))
        response = web.StreamResponse(
            headers={
                hdrs.CONTENT_TYPE: "text/csv; charset=utf-8",
                hdrs.CONTENT_DISPOSITION: 'attachment; filename="books.csv"',
            }
        )
        await response.prepare(request)
        await response.write(as_csv([("title", "isbn", "published", "pages", "author")]))
        async for part in rows.partitions():
            await response.write(as_csv(part))
    await response.write_eof()
    return response


def as_csv(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
    # endregion
