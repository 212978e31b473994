import csv
import io
from collections import Counter
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Select, delete, extract, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from tornado.escape import json_encode
from tornado.ioloop import IOLoop
from tornado.web import HTTPError

from books.auth import EditableHandler
from books.base import ApiHandler, Problem, conflicts, refused
from books.live import LiveHandler
from books.models import Author, Book
from books.notify import notify
from books.schemas import LARGEST_ID, BookCreate, BookQuery, BookUpdate, PageQuery


# region pagination
async def page_of(handler: ApiHandler, wanted: Select[Any], query: PageQuery) -> dict[str, Any]:
    per_page = query.per_page or handler.application.config.page_size
    window = wanted.limit(per_page).offset(min((query.page - 1) * per_page, LARGEST_ID))
    async with handler.application.sessions() as session:
        total = await session.scalar(select(func.count()).select_from(wanted.subquery()))
        items = [item.to_dict() for item in await session.scalars(window)]
    return {"items": items, "total": total, "page": query.page, "per_page": per_page}


def query_of(handler: ApiHandler, model: type[PageQuery]) -> Any:
    names = handler.request.query_arguments
    given = {name: handler.get_query_argument(name, strip=False) for name in names}
    return handler.validated(model, given)


class AuthorsHandler(ApiHandler):
    async def get(self) -> None:
        wanted = select(Author).order_by(Author.name, Author.id)
        self.write(await page_of(self, wanted, query_of(self, PageQuery)))


def filtered(query: BookQuery) -> Select[Any]:
    wanted = select(Book).order_by(Book.title, Book.id)
    if query.q:
        wanted = wanted.where(Book.title.icontains(query.q, autoescape=True))
    if query.author:
        wanted = wanted.where(Book.author_id == query.author)
    if query.year:
        wanted = wanted.where(extract("year", Book.published) == query.year)
    return wanted


class BooksHandler(EditableHandler):
    async def get(self) -> None:
        query = query_of(self, BookQuery)
        self.write(await page_of(self, filtered(query), query))

    # endregion

    # region validation
    async def post(self) -> None:
        fields = self.validated(BookCreate, self.json_body())
        async with self.application.sessions.begin() as session:
            await self.check_author(session, fields.author_id)
            book = Book(**fields.model_dump())
            session.add(book)
            with conflicts():
                await session.flush()
            await session.refresh(book, ["author"])
        created = book.to_dict()
        event = {"event": "created", "book": created}
        LiveHandler.broadcast(event)
        IOLoop.current().spawn_callback(notify, self.application.config.webhook, event)
        self.set_status(HTTPStatus.CREATED)
        self.set_header("Location", f"/api/books/{created['id']}")
        self.write(created)

    # endregion


# region routing
async def book_or_404(session: AsyncSession, number: str) -> Book:
    book = await session.get(Book, int(number))
    if book is None:
        raise HTTPError(HTTPStatus.NOT_FOUND)
    return book


class BookHandler(EditableHandler):
    async def get(self, number: str) -> None:
        async with self.application.sessions() as session:
            self.write((await book_or_404(session, number)).to_dict())

    # endregion
    async def patch(self, number: str) -> None:
        fields = self.validated(BookUpdate, self.json_body())
        async with self.application.sessions() as session:
            if fields.author_id:
                await self.check_author(session, fields.author_id)
            if values := fields.model_dump(exclude_unset=True):
                with conflicts():
                    changed = update(Book).where(Book.id == int(number)).values(values)
                    await session.execute(changed)
            book = await book_or_404(session, number)
            await session.commit()
        self.write(book.to_dict())

    async def delete(self, number: str) -> None:
        async with self.application.sessions() as session:
            deleted = await session.execute(delete(Book).where(Book.id == int(number)))
            await session.commit()
        if not deleted.rowcount:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.set_status(HTTPStatus.NO_CONTENT)


# region database
class StatisticsHandler(ApiHandler):
    async def get(self) -> None:
        count = func.count(Book.id)
        counted = (
            select(Author, count)
            .outerjoin(Book, Book.author_id == Author.id)
            .group_by(Author.id)
            .order_by(count.desc(), Author.name)
        )
        async with self.application.sessions() as session:
            rows = await session.execute(counted)
        # write() takes no lists.
        self.set_header("Content-Type", "application/json")
        self.write(json_encode([{"author": a.to_dict(), "books": books} for a, books in rows]))


# endregion


# region transaction
MOST_BOOKS = 50_000


class ImportHandler(EditableHandler):
    book_list = TypeAdapter(list[BookCreate])

    async def post(self) -> None:
        given = self.json_body()
        if not isinstance(given, list):
            raise Problem(HTTPStatus.BAD_REQUEST, "A JSON array is needed")
        if len(given) > MOST_BOOKS:
            raise refused([{"field": "body", "message": f"has more than {MOST_BOOKS} books"}])
        check = self.book_list.validate_python
        try:
            books = await IOLoop.current().run_in_executor(None, check, given)
        except ValidationError as error:
            raise import_refused(
                [(e["loc"][0], ".".join(map(str, e["loc"][1:])), e["msg"]) for e in error.errors()]
            ) from None
        async with self.application.sessions() as session:
            await store(session, books)
        self.set_status(HTTPStatus.CREATED)
        self.write({"imported": len(books)})


async def store(session: AsyncSession, books: list[BookCreate]) -> None:
    authors = set(await session.scalars(select(Author.id)))
    unknown = [index for index, book in enumerate(books) if book.author_id not in authors]
    if unknown:
        raise import_refused([(index, "author_id", "Unknown") for index in unknown])
    try:
        for start in range(0, len(books), 1000):  # others are answered between the parts
            part = books[start : start + 1000]
            await session.execute(insert(Book), [book.model_dump() for book in part])
        await session.commit()
    except IntegrityError:
        await session.rollback()
        times = Counter(book.isbn for book in books)
        times.update(set(await session.scalars(select(Book.isbn))))
        taken = [index for index, book in enumerate(books) if times[book.isbn] > 1]
        if not taken:
            raise Problem(HTTPStatus.CONFLICT, "An author has just been removed") from None
        raise import_refused([(index, "isbn", "Taken") for index in taken]) from None


def import_refused(faults: list[tuple[Any, str, str]]) -> Problem:
    errors = [{"index": index, "field": field, "message": why} for index, field, why in faults]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Nothing is stored", errors=errors)


# endregion


# region streaming
class ExportHandler(ApiHandler):
    async def get(self) -> None:
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="books.csv"')
        async with self.application.sessions() as session:
            books = await session.stream_scalars(select(Book).order_by(Book.id))
            self.write(as_csv([["title", "isbn", "published", "pages", "author"]]))
            await self.flush()
            try:
                async for part in books.partitions(500):
                    rows = [[b.title, b.isbn, b.published, b.pages, b.author.name] for b in part]
                    self.write(as_csv(rows))
                    await self.flush()
            except Exception:
                # Tornado would end the response as if it were whole.
                self.request.connection.stream.close()
                raise


def as_csv(rows: list[list[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


# endregion
