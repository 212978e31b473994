import csv
import json

import eventlet
from nameko_sqlalchemy import DatabaseSession
from sqlalchemy import delete, extract, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequest, NotFound, RequestTimeout, ServiceUnavailable
from werkzeug.wrappers import Response

from books.auth import Auth
from books.catalogue import store, validate
from books.entrypoints import http
from books.live import Live
from books.models import Author, Base, Book
from books.schemas import (
    LARGEST_INTEGER,
    AuthorSchema,
    BookInputSchema,
    BookQuerySchema,
    BookSchema,
    PageSchema,
    TokenRequestSchema,
)
from books.settings import Settings
from books.templating import Templates
from books.webhook import Webhook

BOOK = "/api/books/<int:book_id>"


def json_body(request):
    # Nameko stops when its workers have ended: none waits for long for the rest of a body.
    with eventlet.Timeout(5, RequestTimeout("The body has not arrived in time.")):
        body = request.get_data()
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("The body is no JSON.") from None


def storable(book_id):
    # Not `int(max=…)`: Werkzeug answers 405 where the path fits the rule of another method.
    if book_id > LARGEST_INTEGER:
        raise NotFound("There is no book with this id.")
    return book_id


def json_response(payload, status=200, headers=None):
    return Response(json.dumps(payload), status, headers, mimetype="application/json")


# region streaming
class Echo:
    """A file for csv.writer that hands each line back."""

    def write(self, line):
        return line


def csv_lines(session):
    writer = csv.writer(Echo())
    yield writer.writerow(["title", "isbn", "published", "pages", "author"])
    columns = (Book.title, Book.isbn, Book.published, Book.pages, Author.name)
    query = select(*columns).join(Book.author).order_by(Book.id)
    # The worker's session has been closed when this begins; used again, it wants closing again.
    with session:
        for row in session.execute(query, execution_options={"yield_per": 500}):
            yield writer.writerow(row)


# endregion


# region database
class BooksService:
    name = "books"

    db = DatabaseSession(Base)
    # endregion
    settings = Settings()
    auth = Auth()
    live = Live()
    notify = Webhook()
    templates = Templates()

    # region authentication
    @http("POST", "/api/token", sensitive_arguments="request")
    def create_token(self, request):
        user = TokenRequestSchema().load(json_body(request))
        answer = {
            "access_token": self.auth.authenticate(user["username"], user["password"]),
            "token_type": "bearer",
            "expires_in": self.settings["BOOKS_TOKEN_SECONDS"],
        }
        return json_response(answer)

    # endregion

    # region pagination
    def page(self, query, schema, asked):
        page, per_page = asked["page"], asked.get("per_page", self.settings["BOOKS_PAGE_SIZE"])
        total = self.db.scalar(select(func.count()).select_from(query.subquery()))
        rows = self.db.scalars(query.limit(per_page).offset((page - 1) * per_page))
        items = schema.dump(rows, many=True)
        return json_response({"items": items, "total": total, "page": page, "per_page": per_page})

    @http("GET", "/api/authors")
    def list_authors(self, request):
        asked = PageSchema().load(request.args)
        return self.page(select(Author).order_by(Author.name, Author.id), AuthorSchema(), asked)

    @http("GET", "/api/books")
    def list_books(self, request):
        asked = BookQuerySchema().load(request.args)
        query = select(Book).order_by(Book.title, Book.id)
        if "author" in asked:
            query = query.where(Book.author_id == asked["author"])
        if "year" in asked:
            query = query.where(extract("year", Book.published) == asked["year"])
        if "q" in asked:
            query = query.where(Book.title.icontains(asked["q"], autoescape=True))
        return self.page(query, BookSchema(), asked)

    # endregion

    # region routing
    def find(self, book_id):
        book = self.db.get(Book, storable(book_id))
        if book is None:
            raise NotFound("There is no book with this id.")
        return book

    @http("GET", BOOK)
    def get_book(self, request, book_id):
        return json_response(BookSchema().dump(self.find(book_id)))

    # endregion

    # region validation
    @http("POST", "/api/books")
    def create_book(self, request):
        self.auth.check()
        book = Book(**BookInputSchema(self.db).load(json_body(request)))
        self.db.add(book)
        self.db.flush()
        answer = BookSchema().dump(book)
        self.db.commit()
        self.live({"event": "created", "book": answer})
        self.notify({"event": "created", "book": answer})
        return json_response(answer, 201, {"Location": f"/api/books/{answer['id']}"})

    # endregion

    @http("PATCH", BOOK)
    def update_book(self, request, book_id):
        self.auth.check()
        changes = BookInputSchema(self.db, partial=True).load(json_body(request))
        if changes:
            self.db.execute(update(Book).where(Book.id == storable(book_id)).values(changes))
        answer = BookSchema().dump(self.find(book_id))
        self.db.commit()
        return json_response(answer)

    @http("DELETE", BOOK)
    def delete_book(self, request, book_id):
        self.auth.check()
        deleted = self.db.execute(delete(Book).where(Book.id == storable(book_id)))
        self.db.commit()
        if not deleted.rowcount:
            raise NotFound("There is no book with this id.")
        return Response(status=204)

    # region database
    @http("GET", "/api/statistics")
    def statistics(self, request):
        books = func.count(Book.id)
        query = (
            select(Author, books)
            .outerjoin(Book, Book.author_id == Author.id)
            .group_by(Author.id)
            .order_by(books.desc(), Author.name)
        )
        schema = AuthorSchema()
        rows = self.db.execute(query)
        return json_response([{"author": schema.dump(row[0]), "books": row[1]} for row in rows])

    # endregion

    # region transaction
    @http("POST", "/api/books/import")
    def import_books(self, request):
        self.auth.check()
        books = validate(BookInputSchema(self.db), self.db, json_body(request))
        store(self.db, books)
        return json_response({"imported": len(books)}, 201)

    # endregion

    # region streaming
    @http("GET", "/api/books.csv")
    def export_books(self, request):
        headers = {"Content-Disposition": 'attachment; filename="books.csv"'}
        return Response(csv_lines(self.db), headers=headers, mimetype="text/csv")

    # endregion

    # region templates
    @http("GET", "/")
    def show_books(self, request):
        q = request.args.get("q", "")
        query = select(Book).where(Book.title.icontains(q, autoescape=True))
        books = self.db.scalars(query.order_by(Book.title, Book.id).limit(100))
        page = self.templates.get_template("books.html").render(books=books, q=q)
        return Response(page, mimetype="text/html")

    # endregion

    # region deployment
    @http("GET", "/health")
    def health(self, request):
        try:
            self.db.execute(select(Book.id).limit(1))
        except SQLAlchemyError as exc:
            raise ServiceUnavailable("The books can't be asked for.") from exc
        return json_response({"status": "ok"})

    # endregion
