import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from sqlite3 import IntegrityError
from typing import Any, NoReturn

from pydantic import ValidationError
from quart import Blueprint, Response, abort, current_app, g, make_response, request, url_for
from quart_db import Connection, QuartDB
from quart_schema import (
    RequestSchemaValidationError,
    document_request,
    document_response,
    validate_querystring,
    validate_request,
    validate_response,
)

from books.auth import new_token, token_required
from books.database import SELECT_BOOKS, as_book, book_or_404, books_per_author
from books.errors import problem
from books.schemas import (
    Author,
    AuthorPage,
    Book,
    BookChanges,
    BookList,
    BookPage,
    BookQuery,
    BooksOfAuthor,
    Credentials,
    Imported,
    NewBook,
    Nothing,
    PageQuery,
    Problem,
    Statistics,
    Table,
    Token,
)
from books.webhook import announce

LARGEST_NUMBER = 2**63 - 1  # that SQLite can hold

api = Blueprint("api", __name__)


@api.before_request
async def refuse_what_is_too_large() -> None:
    # With `int(max=…)` PATCH and DELETE are answered 405: to Werkzeug, the path is that of GET.
    if (request.view_args or {}).get("book_id", 0) > LARGEST_NUMBER:
        abort(404, "There is no such book.")


# region authentication
@api.post("/token")
@validate_request(Credentials)
@validate_response(Token)
@document_response(Problem, 401)
async def create_token(data: Credentials) -> dict[str, object]:
    return new_token(data)


# endregion


# region pagination
@api.get("/authors")
@validate_querystring(PageQuery)
@validate_response(AuthorPage)
async def list_authors(query_args: PageQuery) -> AuthorPage:
    page, per_page = query_args.page, query_args.per_page or current_app.config["PAGE_SIZE"]
    total = await g.connection.fetch_val("SELECT COUNT(*) FROM authors")
    rows = await g.connection.fetch_all(
        "SELECT id, name FROM authors ORDER BY name, id LIMIT :limit OFFSET :offset",
        {"limit": per_page, "offset": min((page - 1) * per_page, total)},
    )
    items = [Author(**row) for row in rows]
    return AuthorPage(items=items, total=total, page=page, per_page=per_page)


COUNT_BOOKS = "SELECT COUNT(*) FROM books"
MATCHING = """
    WHERE instr(lower(title), lower(:q))
    AND (:author IS NULL OR author_id = :author)
    AND (:year IS NULL OR CAST(strftime('%Y', published) AS INTEGER) = :year)
"""


@api.get("/books")
@validate_querystring(BookQuery)
@validate_response(BookPage)
async def list_books(query_args: BookQuery) -> BookPage:
    page, per_page = query_args.page, query_args.per_page or current_app.config["PAGE_SIZE"]
    values = query_args.model_dump(include={"q", "author", "year"})
    total = await g.connection.fetch_val(COUNT_BOOKS + MATCHING, values)
    values |= {"limit": per_page, "offset": min((page - 1) * per_page, total)}
    rows = await g.connection.fetch_all(
        f"{SELECT_BOOKS} {MATCHING} ORDER BY title, books.id LIMIT :limit OFFSET :offset", values
    )
    items = [as_book(row) for row in rows]
    return BookPage(items=items, total=total, page=page, per_page=per_page)


# endregion


# region routing
@api.get("/books/<int:book_id>")
@validate_response(Book)
async def get_book(book_id: int) -> Book:
    return await book_or_404(book_id)


# endregion


# region validation
@api.post("/books")
@token_required
@validate_request(NewBook)
@validate_response(Book, 201)
@document_response(Problem, 409)
async def create_book(data: NewBook) -> tuple[Book, int, dict[str, str]]:
    await check_author(data.author_id)
    try:
        book_id = await g.connection.fetch_val(
            f"{INSERT_BOOK} RETURNING id", data.model_dump(mode="json")
        )
    except IntegrityError:
        abort(409, "There is a book with this ISBN.")
    book = await book_or_404(book_id)
    announce(book)
    return book, 201, {"Location": url_for("api.get_book", book_id=book_id)}


async def check_author(author_id: int) -> None:
    query = "SELECT id FROM authors WHERE id = :id"
    if await g.connection.fetch_val(query, {"id": author_id}) is None:
        fault = {"field": "author_id", "message": "There is no such author."}
        abort(problem(422, "Some fields are not right.", errors=[fault]))


# endregion


UPDATE_BOOK = """
    UPDATE books SET
        title = coalesce(:title, title),
        isbn = coalesce(:isbn, isbn),
        published = coalesce(:published, published),
        pages = CASE WHEN :has_pages THEN :pages ELSE pages END,
        author_id = coalesce(:author_id, author_id)
    WHERE id = :id
"""


@api.patch("/books/<int:book_id>")
@token_required
@validate_request(BookChanges)
@validate_response(Book)
@document_response(Problem, 409)
async def update_book(book_id: int, data: BookChanges) -> Book:
    changes = data.model_dump(mode="json")
    if "author_id" in changes:
        await check_author(changes["author_id"])
    values = dict.fromkeys(BookChanges.model_fields) | changes
    try:
        await g.connection.execute(
            UPDATE_BOOK, {**values, "id": book_id, "has_pages": "pages" in changes}
        )
    except IntegrityError:
        abort(409, "There is a book with this ISBN.")
    return await book_or_404(book_id)


@api.delete("/books/<int:book_id>")
@token_required
@document_response(Nothing, 204)
async def delete_book(book_id: int) -> tuple[str, int]:
    query = "DELETE FROM books WHERE id = :id RETURNING id"
    if await g.connection.fetch_val(query, {"id": book_id}) is None:
        abort(404, "There is no such book.")
    return "", 204


@api.get("/statistics")
@validate_response(Statistics)
async def statistics() -> list[BooksOfAuthor]:
    return await books_per_author()


# region transaction
INSERT_BOOK = """
    INSERT INTO books (title, isbn, published, pages, author_id)
    VALUES (:title, :isbn, :published, :pages, :author_id)
"""


@api.post("/books/import")
@token_required
@document_request(BookList)
@validate_response(Imported, 201)
async def import_books() -> tuple[Imported, int]:
    # In a thread: the others are not kept waiting while 50,000 books are checked.
    books = await asyncio.to_thread(checked, await request.get_data())
    authors = {row["id"] for row in await g.connection.fetch_all("SELECT id FROM authors")}
    unknown = [place for place, book in enumerate(books) if book["author_id"] not in authors]
    if unknown:
        refuse(unknown, "author_id", "There is no such author.")
    try:
        async with g.connection.transaction():
            await g.connection.execute_many(INSERT_BOOK, books)
    except IntegrityError:
        taken = await places_taken(g.connection, [book["isbn"] for book in books])
        refuse(taken, "isbn", "The ISBN is taken.")
    return Imported(imported=len(books)), 201


def checked(body: bytes) -> list[dict[str, Any]]:
    try:
        return BookList.model_validate_json(body).model_dump(mode="json")
    except ValidationError as error:
        raise RequestSchemaValidationError(error) from None


def refuse(places: list[int], field: str, message: str) -> NoReturn:
    errors = [{"index": place, "field": field, "message": message} for place in places]
    abort(problem(422, "Nothing was imported.", errors=errors))


async def places_taken(connection: Connection, isbns: list[str]) -> list[int]:
    """Return the places of the ISBNs that the store has, or the list before them."""
    query = "SELECT isbn FROM books WHERE isbn IN (SELECT value FROM json_each(:isbns))"
    rows = await connection.fetch_all(query, {"isbns": json.dumps(isbns)})
    seen = {row["isbn"] for row in rows}
    places = []
    for place, isbn in enumerate(isbns):
        if isbn in seen:
            places.append(place)
        seen.add(isbn)
    return places


# endregion


# region streaming
@api.get("/books.csv")
@document_response(Table)
async def export_books() -> Response:
    # The connection of the request is gone before the response is sent.
    db: QuartDB = current_app.extensions["QUART_DB"][0]
    response = await make_response(csv_pieces(db))
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="books.csv"'
    response.timeout = None
    return response


COLUMNS = ["title", "isbn", "published", "pages", "author"]
NEXT_BOOKS = f"{SELECT_BOOKS} WHERE books.id > :last ORDER BY books.id LIMIT 500"


async def next_books(db: QuartDB, last: int) -> list[Any]:
    async with db.connection() as connection:  # which no slow reader keeps
        return await connection.fetch_all(NEXT_BOOKS, {"last": last})


async def csv_pieces(db: QuartDB) -> AsyncIterator[bytes]:
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(COLUMNS)
    last = 0
    while True:
        # A client that leaves cancels this; the query goes on, and gives its connection back.
        rows = await asyncio.shield(next_books(db, last))
        for row in rows:
            writer.writerow([*(row[name] for name in COLUMNS[:-1]), row["name"]])
            last = row["id"]
        yield piece.getvalue().encode()
        if not rows:
            return
        piece.seek(0)
        piece.truncate()


# endregion
