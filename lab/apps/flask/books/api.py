import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_sqlalchemy.pagination import Pagination
from marshmallow import ValidationError
from sqlalchemy import Select, delete, extract, select

from books.auth import new_token, token_required
from books.errors import problem
from books.live import hub
from books.models import Author, Book, books_per_author, db, insert
from books.notify import notify
from books.schemas import BookSchema, FilterSchema, PageSchema, TokenSchema

LARGEST_NUMBER = 2**63 - 1  # that the database can hold

api = Blueprint("api", __name__)


@api.before_request
def refuse_what_is_too_large() -> None:
    # With `int(max=…)` PATCH and DELETE are answered 405: to Werkzeug, the path is that of GET.
    if (request.view_args or {}).get("book_id", 0) > LARGEST_NUMBER:
        abort(404)


# region authentication
@api.post("/token")
def create_token() -> ResponseReturnValue:
    given = TokenSchema().load(request.get_json())
    return new_token(given["username"], given["password"])


# endregion


# region pagination
def page_of(query: Select[Any], asked: dict[str, Any]) -> Pagination:
    per_page = asked["per_page"] or current_app.config["PAGE_SIZE"]
    return db.paginate(query, page=asked["page"], per_page=per_page, error_out=False)


def as_page(page: Pagination) -> dict[str, Any]:
    items = [item.as_dict() for item in page.items]
    return {"items": items, "total": page.total, "page": page.page, "per_page": page.per_page}


@api.get("/authors")
def list_authors() -> ResponseReturnValue:
    asked = PageSchema().load(request.args)
    return as_page(page_of(select(Author).order_by(Author.name, Author.id), asked))


@api.get("/books")
def list_books() -> ResponseReturnValue:
    asked = FilterSchema().load(request.args)
    query = select(Book).order_by(Book.title, Book.id)
    if asked["q"]:
        query = query.where(Book.title.icontains(asked["q"], autoescape=True))
    if asked["author"]:
        query = query.where(Book.author_id == asked["author"])
    if asked["year"]:
        query = query.where(extract("year", Book.published) == asked["year"])
    return as_page(page_of(query, asked))


# endregion


# region routing
@api.get("/books/<int:book_id>")
def get_book(book_id: int) -> ResponseReturnValue:
    return db.get_or_404(Book, book_id).as_dict()


# endregion


# region validation
def checked(schema: BookSchema) -> dict[str, Any]:
    fields = schema.load(request.get_json())
    if "author_id" in fields and db.session.get(Author, fields["author_id"]) is None:
        raise ValidationError("There is no such author.", "author_id")
    return fields


def save(book: Book) -> dict[str, Any]:
    db.session.add(book)
    db.session.flush()
    # What is answered is what is stored now; after the commit, others may change it.
    saved = db.get_or_404(Book, book.id, populate_existing=True).as_dict()
    db.session.commit()
    return saved


@api.post("/books")
@token_required
def create_book() -> ResponseReturnValue:
    saved = save(Book(**checked(BookSchema())))
    hub.publish("created", saved)
    notify("created", saved)
    return saved, 201, {"Location": url_for("api.get_book", book_id=saved["id"])}


# endregion


@api.patch("/books/<int:book_id>")
@token_required
def update_book(book_id: int) -> ResponseReturnValue:
    book = db.get_or_404(Book, book_id)
    for name, value in checked(BookSchema(partial=True)).items():
        setattr(book, name, value)
    return save(book)


@api.delete("/books/<int:book_id>")
@token_required
def delete_book(book_id: int) -> ResponseReturnValue:
    # Not by the session: of two deletions at once, one has to find nothing.
    gone = db.session.scalar(delete(Book).where(Book.id == book_id).returning(Book.id))
    db.session.commit()
    if gone is None:
        abort(404)
    return "", 204


@api.get("/statistics")
def statistics() -> ResponseReturnValue:
    return [{"author": author.as_dict(), "books": books} for author, books in books_per_author()]


# region transaction
@api.post("/books/import")
@token_required
def import_books() -> ResponseReturnValue:
    given = request.get_json()
    if not isinstance(given, list) or len(given) > 50_000:
        abort(422, "Send a list of at most 50,000 books.")
    try:
        rows = BookSchema(many=True).load(given)
    except ValidationError as error:
        found = error.normalized_messages()
        return import_refused(
            (index, field, " ".join(why))
            for index, wrong in found.items()
            for field, why in wrong.items()
        )
    authors = set(db.session.scalars(select(Author.id)))
    unknown = [index for index, row in enumerate(rows) if row["author_id"] not in authors]
    if unknown:
        return import_refused((index, "author_id", "There is no such author.") for index in unknown)
    if taken := insert_books(rows):
        return import_refused((index, "isbn", "The ISBN is taken.") for index in taken)
    db.session.commit()
    return {"imported": len(rows)}, 201


def insert_books(rows: list[dict[str, Any]]) -> list[int]:
    """Insert all that can be, and return the places of those whose ISBN is taken."""
    statement = insert(Book).on_conflict_do_nothing().returning(Book.isbn)
    stored = set(db.session.scalars(statement, rows)) if rows else set()
    taken = []
    for place, row in enumerate(rows):
        if row["isbn"] in stored:
            stored.remove(row["isbn"])
        else:
            taken.append(place)
    return taken


def import_refused(wrong: Iterable[tuple[int, str, str]]) -> Response:
    db.session.rollback()
    errors = [{"index": index, "field": field, "message": why} for index, field, why in wrong]
    return problem(422, "Nothing was imported.", errors=errors)


# endregion


# region streaming
@api.get("/books.csv")
def export_books() -> ResponseReturnValue:
    headers = {"Content-Disposition": 'attachment; filename="books.csv"'}
    return Response(stream_with_context(csv_pieces()), mimetype="text/csv", headers=headers)


COLUMNS = ["title", "isbn", "published", "pages", "author"]


def csv_pieces() -> Iterator[str]:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(COLUMNS)
    for rows in db.session.execute(query.execution_options(yield_per=500)).partitions():
        writer.writerows(rows)
        yield piece.getvalue()
        piece.seek(0)
        piece.truncate()
    yield piece.getvalue()
    # endregion
