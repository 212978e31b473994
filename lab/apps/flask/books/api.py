import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_sqlalchemy.pagination import Pagination
from marshmallow import ValidationError
from sqlalchemy import Select, extract, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from books.auth import new_token, token_required
from books.errors import problem
from books.live import hub
from books.models import Author, Book, books_per_author, db, with_author
from books.notify import notify
from books.schemas import BookSchema, FilterSchema, PageSchema, TokenSchema

api = Blueprint("api", __name__)


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
    query = with_author.order_by(Book.title, Book.id)
    if asked["q"]:
        query = query.where(Book.title.icontains(asked["q"], autoescape=True))
    if asked["author"]:
        query = query.where(Book.author_id == asked["author"])
    if asked["year"]:
        query = query.where(extract("year", Book.published) == asked["year"])
    return as_page(page_of(query, asked))


# endregion


# region routing
def book_or_404(book_id: int) -> Book:
    return db.one_or_404(with_author.where(Book.id == book_id), description="No such book.")


@api.get("/books/<int(max=9223372036854775807):book_id>")
def get_book(book_id: int) -> ResponseReturnValue:
    return book_or_404(book_id).as_dict()


# endregion


def save(book: Book) -> dict[str, Any]:
    db.session.add(book)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(409, "There is a book with this ISBN.")
    except StaleDataError:
        db.session.rollback()
        abort(404, "The book has been deleted meanwhile.")
    return book_or_404(book.id).as_dict()


# region validation
@api.post("/books")
@token_required
def create_book() -> ResponseReturnValue:
    saved = save(Book(**BookSchema().load(request.get_json())))
    hub.publish("created", saved)
    notify("created", saved)
    return saved, 201, {"Location": url_for("api.get_book", book_id=saved["id"])}


# endregion


@api.patch("/books/<int(max=9223372036854775807):book_id>")
@token_required
def update_book(book_id: int) -> ResponseReturnValue:
    book = book_or_404(book_id)
    for name, value in BookSchema(partial=True).load(request.get_json()).items():
        setattr(book, name, value)
    return save(book)


@api.delete("/books/<int(max=9223372036854775807):book_id>")
@token_required
def delete_book(book_id: int) -> ResponseReturnValue:
    db.session.delete(book_or_404(book_id))
    db.session.commit()
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
    # One query for all; kept here, since the session holds what it has read weakly.
    db.session.info["authors"] = db.session.scalars(select(Author)).all()
    try:
        rows = BookSchema(many=True).load(given)
    except ValidationError as error:
        found = error.normalized_messages()
        return import_refused([(index, *item) for index in found for item in found[index].items()])
    try:
        if rows:
            db.session.execute(insert(Book), [{"pages": None, **row} for row in rows])
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        taken = duplicates([row["isbn"] for row in rows])
        wrong = [
            (index, "isbn", ["Taken."]) for index, row in enumerate(rows) if row["isbn"] in taken
        ]
        return import_refused(wrong)
    return {"imported": len(rows)}, 201


def duplicates(isbns: list[str]) -> set[str]:
    repeated = {isbn for isbn, times in Counter(isbns).items() if times > 1}
    return repeated | set(db.session.scalars(select(Book.isbn))).intersection(isbns)


def import_refused(wrong: list[tuple[Any, ...]]) -> Response:
    errors = [
        {"index": index, "field": field, "message": " ".join(why)} for index, field, why in wrong
    ]
    return problem(422, "Nothing was imported.", errors=errors)


# endregion


# region streaming
@api.get("/books.csv")
def export_books() -> ResponseReturnValue:
    headers = {"Content-Disposition": 'attachment; filename="books.csv"'}
    return Response(stream_with_context(csv_pieces()), mimetype="text/csv", headers=headers)


def csv_pieces() -> Iterator[str]:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(["title", "isbn", "published", "pages", "author"])
    for rows in db.session.execute(query.execution_options(yield_per=500)).partitions():
        writer.writerows(rows)
        yield piece.getvalue()
        piece.seek(0)
        piece.truncate()
    yield piece.getvalue()
    # endregion
