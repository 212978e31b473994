import csv
import io
from collections.abc import AsyncIterator
from typing import Annotated, Any

from pydantic import BaseModel
from responder import Path, Problem, Query, Request, Response, Router, abort
from sqlalchemy import Select, extract, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from books.auth import editor
from books.live import broadcast
from books.models import Author, Book, books_per_author, insert_books, with_author
from books.notify import notify
from books.schemas import (
    LARGEST_ID,
    AuthorPage,
    AuthorPublic,
    AuthorStatistics,
    BookCreate,
    BookList,
    BookPage,
    BookPublic,
    BookUpdate,
    validated,
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
    q: Annotated[str, Query("")],
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
def documented(model: type[BaseModel], *, many: bool = False) -> dict[str, Any]:
    """The body, for OpenAPI: a typed parameter could not look up the author for its rules."""
    schema = model.model_json_schema()
    content = {"schema": {"type": "array", "items": schema} if many else schema}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


async def known_authors(req: Request, session: AsyncSession) -> set[int]:
    """The author that the body names, if there is one."""
    body = await req.media()
    author_id = body.get("author_id") if isinstance(body, dict) else None
    if not isinstance(author_id, int) or not 1 <= author_id <= LARGEST_ID:
        return set()
    return set(await session.scalars(select(Author.id).where(Author.id == author_id)))


@router.patch("/books/{book_id}", auth=editor, openapi_extra=documented(BookUpdate))
async def update_book(
    req: Request, resp: Response, *, book_id: BookId, session: AsyncSession
) -> BookPublic:
    book = await book_or_404(session, book_id)
    changes = await validated(BookUpdate, req, await known_authors(req, session))
    for name, value in changes.model_dump().items():
        setattr(book, name, value)
    return await save(session, book)


# endregion


# region background
@router.post("/books", auth=editor, status_code=201, openapi_extra=documented(BookCreate))
async def create_book(req: Request, resp: Response, *, session: AsyncSession) -> BookPublic:
    fields = await validated(BookCreate, req, await known_authors(req, session))
    book = await save(session, Book(**fields.model_dump()))
    resp.headers["Location"] = req.api.url_for(get_book, book_id=book.id)
    event = {"event": "created", "book": book.model_dump(mode="json")}
    resp.background(broadcast, event)
    resp.background(notify, event)
    return book


# endregion


async def save(session: AsyncSession, book: Book) -> BookPublic:
    session.add(book)
    try:
        await session.flush()
    except IntegrityError:
        abort(409, detail="There is a book with this ISBN.")
    await session.refresh(book, ["author"])
    await session.commit()
    return BookPublic.model_validate(book)


@router.delete("/books/{book_id}", auth=editor)
async def delete_book(
    req: Request, resp: Response, *, book_id: BookId, session: AsyncSession
) -> None:
    await session.delete(await book_or_404(session, book_id))
    await session.commit()
    resp.no_content()


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
@router.post(
    "/books/import",
    auth=editor,
    status_code=201,
    openapi_extra=documented(BookCreate, many=True),
)
async def import_books(req: Request, resp: Response, *, session: AsyncSession) -> dict[str, int]:
    authors = set(await session.scalars(select(Author.id)))
    books = await validated(BookList, req, authors)
    taken = await insert_books(session, [book.model_dump() for book in books])
    if taken:
        errors = [{"loc": (position, "isbn"), "msg": "Is taken"} for position in taken]
        raise Problem(422, "Nothing was imported.", errors=errors)
    await session.commit()
    return {"imported": len(books)}


# endregion


# region streaming
@router.get("/books.csv")
async def export_books(req: Request, resp: Response, *, session: AsyncSession) -> None:
    resp.headers["Content-Disposition"] = 'attachment; filename="books.csv"'
    resp.mimetype = "text/csv; charset=utf-8"
    resp.stream(csv_pieces, session)


async def csv_pieces(session: AsyncSession) -> AsyncIterator[str]:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(["title", "isbn", "published", "pages", "author"])
    result = await session.stream(query)
    async for rows in result.partitions(500):
        writer.writerows(rows)
        yield piece.getvalue()
        piece.seek(0)
        piece.truncate()
    yield piece.getvalue()


# endregion
