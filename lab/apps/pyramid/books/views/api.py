import csv
import io
from collections.abc import Iterator
from typing import Any

import colander
from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import Select, delete, extract, func, select
from sqlalchemy.orm import Session, sessionmaker

from books.models import Author, Book, books_per_author, books_with_authors, insert
from books.notify import announce
from books.schemas import BookChanges, BookList, BookQuery, Credentials, NewBook, PageQuery
from books.security import new_token
from books.views.errors import problem, unauthorized


# region validation
def validated(request: Request, schema: colander.SchemaNode) -> Any:
    """Return the body as the schema has it; its faults are answered by the exception views."""
    try:
        body = request.json_body
    except (ValueError, RecursionError):  # the latter if it is nested too deeply
        raise HTTPBadRequest from None
    return schema.deserialize(body)


@view_config(route_name="books", request_method="POST", permission="edit", renderer="json")
def create_book(request: Request) -> Book:
    schema = NewBook().bind(is_author=lambda number: request.dbsession.get(Author, number))
    book = Book(**validated(request, schema))
    request.dbsession.add(book)
    request.dbsession.flush()
    announce(request, book)
    request.response.status = 201
    request.response.location = request.route_path("book", id=book.id)
    return book


# endregion


# region authentication
@view_config(route_name="token", request_method="POST", renderer="json")
def create_token(request: Request) -> dict[str, Any] | Response:
    given = validated(request, Credentials())
    token = new_token(request.registry.settings, given["username"], given["password"])
    return token or unauthorized(request)


# endregion


# region pagination
@view_config(route_name="authors", request_method="GET", renderer="json")
def list_authors(request: Request) -> dict[str, Any]:
    asked = PageQuery().deserialize(request.GET)
    return page_of(request, select(Author).order_by(Author.name, Author.id), asked)


@view_config(route_name="books", request_method="GET", renderer="json")
def list_books(request: Request) -> dict[str, Any]:
    asked = BookQuery().deserialize(request.GET)
    query = books_with_authors().order_by(Book.title, Book.id)
    if asked["q"]:
        query = query.where(Book.title.icontains(asked["q"], autoescape=True))
    if asked["author"]:
        query = query.where(Book.author_id == asked["author"])
    if asked["year"]:
        query = query.where(extract("year", Book.published) == asked["year"])
    return page_of(request, query, asked)


def page_of(request: Request, query: Select[Any], asked: dict[str, Any]) -> dict[str, Any]:
    page = asked["page"]
    per_page = asked["per_page"] or request.registry.settings["books.page_size"]
    total = request.dbsession.scalar(select(func.count()).select_from(query.subquery()))
    # The number of a page may be larger than an offset can be.
    query = query.limit(per_page).offset(min((page - 1) * per_page, total))
    items = request.dbsession.scalars(query).all()
    return {"items": items, "total": total, "page": page, "per_page": per_page}


# endregion


# region routing
@view_config(route_name="book", request_method="GET", renderer="json")
def get_book(context: Book, request: Request) -> Book:
    return context


# endregion


@view_config(route_name="book", request_method="PATCH", permission="edit", renderer="json")
def update_book(context: Book, request: Request) -> Book:
    schema = BookChanges().bind(is_author=lambda number: request.dbsession.get(Author, number))
    for name, value in validated(request, schema).items():
        setattr(context, name, value)
    request.dbsession.flush()
    # An update that changes nothing takes no lock: the book may be gone by now.
    query = books_with_authors().where(Book.id == context.id)
    book = request.dbsession.scalar(query, execution_options={"populate_existing": True})
    if book is None:
        raise HTTPNotFound
    return book


@view_config(route_name="book", request_method="DELETE", permission="edit")
def delete_book(context: Book, request: Request) -> Response:
    # Not by the session: of two deletions at once, one has to find nothing.
    statement = delete(Book).where(Book.id == context.id).returning(Book.id)
    if request.dbsession.scalar(statement) is None:
        raise HTTPNotFound
    return Response(status=204)


# region database
@view_config(route_name="statistics", request_method="GET", renderer="json")
def statistics(request: Request) -> list[dict[str, Any]]:
    rows = books_per_author(request.dbsession)
    return [{"author": author, "books": books} for author, books in rows]


# endregion


# region transaction
@view_config(route_name="import", request_method="POST", permission="edit", renderer="json")
def import_books(request: Request) -> dict[str, int] | Response:
    authors = set(request.dbsession.scalars(select(Author.id)))
    books = validated(request, BookList().bind(is_author=authors.__contains__))
    taken = insert_books(request.dbsession, books)
    if taken:
        request.tm.doom()
        message = "The ISBN is taken."
        errors = [{"index": place, "field": "isbn", "message": message} for place in taken]
        return problem(422, "Nothing was imported.", errors=errors)
    request.response.status = 201
    return {"imported": len(books)}


def insert_books(dbsession: Session, books: list[dict[str, Any]]) -> list[int]:
    """Insert all that can be, and return the places of those whose ISBN is taken."""
    statement = insert(dbsession, Book).on_conflict_do_nothing().returning(Book.isbn)
    stored = set(dbsession.scalars(statement, books)) if books else set()
    taken = []
    for place, book in enumerate(books):
        if book["isbn"] in stored:
            stored.remove(book["isbn"])
        else:
            taken.append(place)
    return taken


# endregion


# region streaming
@view_config(route_name="export", request_method="GET")
def export_books(request: Request) -> Response:
    return Response(
        app_iter=csv_pieces(request.registry["dbsession_factory"]),
        content_type="text/csv",
        charset="utf-8",
        content_disposition='attachment; filename="books.csv"',
    )


COLUMNS = ["title", "isbn", "published", "pages", "author"]


def csv_pieces(session_factory: sessionmaker[Session]) -> Iterator[bytes]:
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(COLUMNS)
    # The session of the request is closed before the response is sent.
    with session_factory() as dbsession:
        for rows in dbsession.execute(query.execution_options(yield_per=500)).partitions():
            writer.writerows(rows)
            yield piece.getvalue().encode()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue().encode()


# endregion
