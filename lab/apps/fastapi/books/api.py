import csv
import io
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from httpx2 import AsyncClient
from pydantic import ValidationError
from sqlalchemy import Select, delete, extract, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from books.auth import editors_only
from books.database import SessionDep, get_session
from books.errors import problems
from books.live import ConnectionManager, ManagerDep
from books.models import Author, Book, count_books, insert_books, with_author
from books.notify import ClientDep, notify
from books.schemas import (
    AuthorPage,
    AuthorStatistics,
    BookCreate,
    BookCreated,
    BookList,
    BookPage,
    BookPublic,
    BookUpdate,
    Filters,
    Imported,
    Paging,
    RowId,
)
from books.settings import Settings, SettingsDep

# region routing
router = APIRouter(prefix="/api", tags=["books"])


def get_book(book_id: RowId, session: SessionDep) -> Book:
    book = session.scalar(with_author.where(Book.id == book_id))
    if book is None:
        raise HTTPException(404, "There is no such book.")
    return book


BookDep = Annotated[Book, Depends(get_book)]


@router.get("/books/{book_id}", response_model=BookPublic, responses=problems(404, 422))
def read_book(book: BookDep) -> Book:
    return book


# endregion


# region pagination
def paginate(
    session: Session, query: Select[Any], paging: Paging, settings: Settings
) -> dict[str, Any]:
    per_page = paging.per_page or settings.page_size
    offset = (paging.page - 1) * per_page
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    items = session.scalars(query.offset(offset).limit(per_page)).all() if offset < total else []
    return {"items": items, "total": total, "page": paging.page, "per_page": per_page}


@router.get("/authors", response_model=AuthorPage, responses=problems(422))
def read_authors(
    paging: Annotated[Paging, Query()], session: SessionDep, settings: SettingsDep
) -> dict[str, Any]:
    return paginate(session, select(Author).order_by(Author.name, Author.id), paging, settings)


@router.get("/books", response_model=BookPage, responses=problems(422))
def read_books(
    paging: Annotated[Paging, Query()],
    filters: Annotated[Filters, Query()],
    session: SessionDep,
    settings: SettingsDep,
) -> dict[str, Any]:
    query = with_author.order_by(Book.title, Book.id)
    if filters.author is not None:
        query = query.where(Book.author_id == filters.author)
    if filters.q:
        query = query.where(Book.title.icontains(filters.q, autoescape=True))
    if filters.year is not None:
        query = query.where(extract("year", Book.published) == filters.year)
    return paginate(session, query, paging, settings)


# endregion


# region validation
@router.post(
    "/books",
    status_code=201,
    response_model=BookPublic,
    dependencies=editors_only,
    responses=problems(400, 401, 409, 422),
)
def create_book(
    fields: BookCreate,
    session: SessionDep,
    response: Response,
    background: BackgroundTasks,
    manager: ManagerDep,
    client: ClientDep,
) -> Book:
    book = Book(**fields.model_dump(), author=get_author(session, fields.author_id))
    save(session, book)
    response.headers["Location"] = router.url_path_for("read_book", book_id=book.id)
    announce(book, background, manager, client)
    return book


def get_author(session: Session, author_id: int) -> Author:
    author = session.get(Author, author_id)
    if author is None:
        raise RequestValidationError(
            [{"loc": ("body", "author_id"), "msg": "There is no such author"}]
        )
    return author


# endregion


# region background
def announce(
    book: Book, background: BackgroundTasks, manager: ConnectionManager, client: AsyncClient
) -> None:
    """Tell of a new book when the response has been sent."""
    created = BookCreated(book=BookPublic.model_validate(book))
    background.add_task(manager.broadcast, created)
    background.add_task(notify, client, created)


# endregion


def save(session: Session, book: Book) -> None:
    session.add(book)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()  # what SQLite refuses at the commit itself stays open otherwise
        raise HTTPException(409, "There is a book with this ISBN.") from None
    except StaleDataError:  # deleted meanwhile
        raise HTTPException(404, "There is no such book.") from None


@router.patch(
    "/books/{book_id}",
    response_model=BookPublic,
    dependencies=editors_only,
    responses=problems(400, 401, 404, 409, 422),
)
def update_book(book: BookDep, changes: BookUpdate, session: SessionDep) -> Book:
    values = changes.model_dump(exclude_unset=True)
    if "author_id" in values:
        book.author = get_author(session, values["author_id"])
    for name, value in values.items():
        setattr(book, name, value)
    save(session, book)
    return book


@router.delete(
    "/books/{book_id}",
    status_code=204,
    dependencies=editors_only,
    responses=problems(401, 404, 422),
)
def delete_book(book_id: RowId, session: SessionDep) -> None:
    result = session.execute(delete(Book).where(Book.id == book_id))
    session.commit()
    if result.rowcount == 0:
        raise HTTPException(404, "There is no such book.")


# region database
@router.get("/statistics", response_model=list[AuthorStatistics])
def read_statistics(session: SessionDep) -> list[dict[str, Any]]:
    return [{"author": author, "books": books} for author, books in count_books(session)]


# endregion


# region transaction
LIST_OF_BOOKS = {"type": "array", "items": {"$ref": "#/components/schemas/BookCreate"}}
LIST_BODY = {"required": True, "content": {"application/json": {"schema": LIST_OF_BOOKS}}}


async def read_body(request: Request) -> bytes:
    return await request.body()


@router.post(
    "/books/import",
    status_code=201,
    dependencies=editors_only,
    responses=problems(400, 401, 422),
    openapi_extra={"requestBody": LIST_BODY},
)
def import_books(body: Annotated[bytes, Depends(read_body)], session: SessionDep) -> Imported:
    # A parameter `books: list[BookCreate]` would be validated in the event loop, and hold up all.
    try:
        books = BookList.validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError(
            [{**fault, "loc": ("body", *fault["loc"])} for fault in faults]
        ) from None
    with session.begin():
        authors = set(session.scalars(select(Author.id)))
        unknown = [index for index, book in enumerate(books) if book.author_id not in authors]
        refuse(unknown, "author_id", "There is no such author")
        taken = insert_books(session, [book.model_dump() for book in books])
        refuse(taken, "isbn", "Is taken")
    return Imported(imported=len(books))


def refuse(indexes: list[int], field: str, message: str) -> None:
    if indexes:
        raise RequestValidationError(
            [{"loc": ("body", index, field), "msg": message} for index in indexes]
        )


# endregion


# region streaming
class CSVResponse(StreamingResponse):
    media_type = "text/csv"


def as_attachment(response: Response) -> None:
    response.headers["Content-Disposition"] = 'attachment; filename="books.csv"'


# Not SessionDep: this session is open until the last chunk is sent, however slowly it is read.
ExportSessionDep = Annotated[Session, Depends(get_session, max_concurrency=10)]


@router.get("/books.csv", response_class=CSVResponse, dependencies=[Depends(as_attachment)])
def export_books(session: ExportSessionDep) -> Iterable[str]:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    chunk = io.StringIO()
    writer = csv.writer(chunk)
    writer.writerow(["title", "isbn", "published", "pages", "author"])
    for rows in session.execute(query.execution_options(yield_per=500)).partitions():
        writer.writerows(rows)
        yield chunk.getvalue()
        chunk.seek(0)
        chunk.truncate()
    yield chunk.getvalue()


# endregion
