import csv
import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import sqlalchemy
from advanced_alchemy.extensions.litestar import SQLAlchemyAsyncConfig
from litestar import Response, Router, delete, get, patch, post
from litestar.background_tasks import BackgroundTask
from litestar.channels import ChannelsPlugin
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException, ValidationException
from litestar.openapi.spec import Reference
from litestar.params import Body, JSONBody, PathParameter, QueryParameter, SkipValidation
from litestar.plugins.problem_details import ProblemDetailsException
from litestar.response import Stream
from pydantic import ValidationError
from sqlalchemy import Select, extract, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from books import models, schemas
from books.auth import create_token
from books.errors import invalid_import, problems, unprocessable
from books.notify import Webhook
from books.schemas import LARGEST_ID, MOST_BOOKS, NO_NULL, BookCreate, BookUpdate, book_import
from books.settings import Settings


# region pagination
@dataclass
class Paging:
    page: int
    per_page: int

    async def of(self, session: AsyncSession, query: Select[Any]) -> tuple[Sequence[Any], int]:
        total = await session.scalar(select(func.count()).select_from(query.subquery())) or 0
        offset = (self.page - 1) * self.per_page
        # The number of a page may be larger than an offset can be.
        if offset >= total:
            return [], total
        return (await session.scalars(query.limit(self.per_page).offset(offset))).all(), total


async def provide_paging(
    settings: NamedDependency[Settings],
    page: Annotated[int, QueryParameter(ge=1)] = 1,
    per_page: Annotated[int | None, QueryParameter(ge=1, le=100)] = None,
) -> Paging:
    return Paging(page, per_page or settings.page_size)


@get(
    "/authors",
    dependencies={"paging": Provide(provide_paging)},
    responses=problems(400, 422),
)
async def list_authors(
    db_session: NamedDependency[AsyncSession], paging: NamedDependency[Paging]
) -> schemas.AuthorPage:
    query = select(models.Author).order_by(models.Author.name, models.Author.id)
    items, total = await paging.of(db_session, query)
    return schemas.AuthorPage(items=items, total=total, page=paging.page, per_page=paging.per_page)


@get(
    "/books",
    dependencies={"paging": Provide(provide_paging)},
    responses=problems(400, 422),
)
async def list_books(
    db_session: NamedDependency[AsyncSession],
    paging: NamedDependency[Paging],
    q: Annotated[str, QueryParameter(pattern=NO_NULL)] = "",
    author: Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID)] = None,
    year: Annotated[int | None, QueryParameter(ge=1, le=9999)] = None,
) -> schemas.BookPage:
    query = select(models.Book).order_by(models.Book.title, models.Book.id)
    if q:
        query = query.where(models.Book.title.icontains(q, autoescape=True))
    if author:
        query = query.where(models.Book.author_id == author)
    if year:
        query = query.where(extract("year", models.Book.published) == year)
    items, total = await paging.of(db_session, query)
    return schemas.BookPage(items=items, total=total, page=paging.page, per_page=paging.per_page)


# endregion


# region routing
async def provide_book(
    db_session: NamedDependency[AsyncSession],
    book_id: Annotated[int, PathParameter(ge=1, le=LARGEST_ID)],
) -> models.Book:
    book = await db_session.get(models.Book, book_id)
    if book is None:
        raise NotFoundException("There is no such book")
    return book


@get(
    "/books/{book_id:int}",
    dependencies={"book": Provide(provide_book)},
    responses=problems(400, 404, 422),
)
async def get_book(book: NamedDependency[models.Book]) -> schemas.Book:
    return schemas.Book.model_validate(book)


# endregion


# region validation
@post("/books", responses=problems(400, 401, 409, 413, 422))
async def create_book(
    data: JSONBody[BookCreate],
    db_session: NamedDependency[AsyncSession],
    channels: NamedDependency[ChannelsPlugin],
    webhook: NamedDependency[SkipValidation[Webhook]],
) -> Response[schemas.Book]:
    await check_author(data.author_id, db_session)
    created = await save(models.Book(**data.model_dump()), db_session)
    event = {"event": "created", "book": created.model_dump(mode="json")}
    channels.publish(event, "live")
    return Response(
        created,
        headers={"Location": f"/api/books/{created.id}"},
        background=BackgroundTask(webhook.tell, event),
    )


async def check_author(author_id: int, session: AsyncSession) -> None:
    if await session.get(models.Author, author_id) is None:
        raise ValidationException(extra=[{"key": "author_id", "message": "No author has this id"}])


# endregion


async def save(book: models.Book, session: AsyncSession) -> schemas.Book:
    session.add(book)
    await session.flush()
    # An update that changes nothing takes no lock: the book may be gone by now.
    stored = await session.get(models.Book, book.id, populate_existing=True)
    if stored is None:
        raise NotFoundException("There is no such book")
    saved = schemas.Book.model_validate(stored)
    await commit(session)
    return saved


async def commit(session: AsyncSession) -> None:
    try:
        await session.commit()
    except IntegrityError:
        await session.rollback()  # what SQLite refuses at the commit itself stays open otherwise
        raise


@patch(
    "/books/{book_id:int}",
    dependencies={"book": Provide(provide_book)},
    responses=problems(400, 401, 404, 409, 413, 422),
)
async def update_book(
    data: JSONBody[BookUpdate],
    book: NamedDependency[models.Book],
    db_session: NamedDependency[AsyncSession],
) -> schemas.Book:
    changes = data.model_dump(exclude_unset=True)
    if "author_id" in changes:
        await check_author(data.author_id, db_session)
    for name, value in changes.items():
        setattr(book, name, value)
    return await save(book, db_session)


@delete("/books/{book_id:int}", responses=problems(400, 401, 404, 422))
async def delete_book(
    book_id: Annotated[int, PathParameter(ge=1, le=LARGEST_ID)],
    db_session: NamedDependency[AsyncSession],
) -> None:
    query = sqlalchemy.delete(models.Book).where(models.Book.id == book_id)
    deleted = await db_session.execute(query)
    await db_session.commit()
    if not deleted.rowcount:
        raise NotFoundException("There is no such book")


# region database
@get("/statistics")
async def statistics(
    db_session: NamedDependency[AsyncSession],
) -> list[schemas.AuthorStatistics]:
    books = func.count(models.Book.id)
    rows = await db_session.execute(
        select(models.Author, books)
        .outerjoin(models.Book, models.Book.author_id == models.Author.id)
        .group_by(models.Author.id)
        .order_by(books.desc(), models.Author.name)
    )
    return [schemas.AuthorStatistics(author=author, books=count) for author, count in rows]


# endregion


# region transaction
@post(
    "/books/import",
    request_max_body_size=20 * 2**20,
    responses=problems(400, 401, 409, 413, 422),
)
async def import_books(
    data: Annotated[
        list[Any],
        Body(
            schema_extra={
                "items": Reference("#/components/schemas/BookCreate"),
                "max_items": MOST_BOOKS,
            }
        ),
    ],
    db_session: NamedDependency[AsyncSession],
) -> dict[str, int]:
    # Litestar validates the body where it serves everybody; this takes a while.
    try:
        books = await sync_to_thread(book_import.validate_python, data)
    except ValidationError as error:
        raise invalid_import(error) from None
    authors = set(await db_session.scalars(select(models.Author.id)))
    unknown = [index for index, book in enumerate(books) if book.author_id not in authors]
    if unknown:
        raise refused(unknown, "author_id", "No author has this id")
    if taken := await insert_books(db_session, [book.model_dump() for book in books]):
        raise refused(taken, "isbn", "Taken")
    await commit(db_session)
    return {"imported": len(books)}


async def insert_books(session: AsyncSession, books: list[dict[str, Any]]) -> list[int]:
    """Insert all that can be, and return the places of those whose ISBN is taken."""
    statement = (
        models.insert(session, models.Book).on_conflict_do_nothing().returning(models.Book.isbn)
    )
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


def refused(places: list[int], field: str, message: str) -> ProblemDetailsException:
    return unprocessable([{"index": index, "field": field, "message": message} for index in places])


# endregion


# region streaming
@get("/books.csv", media_type="text/csv")
async def export_books(
    alchemy: NamedDependency[SkipValidation[SQLAlchemyAsyncConfig]],
) -> Stream:
    async def chunks() -> AsyncIterator[str]:
        # The session of the request is closed where the response starts.
        async with alchemy.get_session() as session:
            books = await session.stream_scalars(select(models.Book).order_by(models.Book.id))
            yield as_csv([["title", "isbn", "published", "pages", "author"]])
            async for part in books.partitions(500):
                yield as_csv([[b.title, b.isbn, b.published, b.pages, b.author.name] for b in part])

    return Stream(
        chunks(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="books.csv"'},
    )


def as_csv(rows: list[list[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


# endregion

# region routing
api = Router(
    "/api",
    route_handlers=[
        create_token,
        list_authors,
        list_books,
        get_book,
        create_book,
        update_book,
        delete_book,
        statistics,
        import_books,
        export_books,
    ],
)
# endregion
