import sqlite3

from masonite.configuration import config
from masonite.controllers import Controller
from masonite.queues import Queue
from masonite.request import Request
from masonite.response import Response
from masonite.validation import Validator
from masoniteorm.exceptions import QueryException

from books.errors import HttpError
from books.jobs.NotifyJob import NotifyJob
from books.live import Hub
from books.models.Author import Author
from books.models.Book import Book
from books.pagination import PAGE_RULES, page_of
from books.providers.JsonProvider import JsonBody
from books.validation.rules import LARGEST_INTEGER, book_rules, cleaned, refuse, whole_number

FIELDS = ["title", "isbn", "published", "pages", "author_id"]


# region errors
def saved(save, values):
    try:
        return save(values)
    except QueryException as error:
        if isinstance(error.__cause__, sqlite3.IntegrityError):
            raise HttpError(
                409, "There is a book with this ISBN already, or its author is gone."
            ) from error
        raise


# endregion


class BookController(Controller):
    # region pagination
    def index(self, request: Request):
        filters = [whole_number("author"), whole_number("year", max=9999)]
        refuse(request.validate(*PAGE_RULES, *filters))
        query = Book.order_by("title").order_by("id")
        if author := request.input("author"):
            query.where("author_id", int(author))
        if year := request.input("year"):
            year = f"{int(year):04}"
            query.between("published", f"{year}-01-01", f"{year}-12-31")
        if q := request.input("q"):
            query.where_raw("instr(lower(title), lower(?)) > 0", [q])
        return page_of(query, request)

    # endregion

    # region routing
    def find(self, book_id):
        book = Book.find(int(book_id)) if int(book_id) <= LARGEST_INTEGER else None
        if not book:
            raise HttpError(404, "There is no book with this id.")
        return book

    def show(self, book_id):
        return self.find(book_id).serialize()

    # endregion

    # region validation
    def store(
        self, body: JsonBody, validate: Validator, queue: Queue, hub: Hub, response: Response
    ):
        values = cleaned(body.parse(dict), FIELDS)
        refuse(validate.validate(values, *book_rules(FIELDS, Author.find)))
        book = self.find(saved(Book.create, values).id).serialize()
        event = {"event": "created", "book": book}
        hub.publish(event)
        self.notify(queue, event)
        response.header("Location", f"/api/books/{book['id']}")
        return response.json(book, status=201)

    # endregion

    # region background
    def notify(self, queue, event):
        if address := config("books.webhook"):
            queue.push(NotifyJob(address, event))

    # endregion

    def update(self, body: JsonBody, validate: Validator, book_id):
        book = self.find(book_id)
        values = cleaned(body.parse(dict), FIELDS)
        refuse(validate.validate(values, *book_rules(list(values), Author.find)))
        if values:
            saved(book.update, values)
        return self.find(book_id).serialize()

    def destroy(self, response: Response, book_id):
        self.find(book_id).delete()
        return response.status(204)
