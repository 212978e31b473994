from masonite.controllers import Controller
from masonite.request import Request

from books.models.Author import Author
from books.pagination import PAGE_RULES, page_of
from books.validation.rules import refuse


class AuthorController(Controller):
    # region pagination
    def index(self, request: Request):
        refuse(request.validate(*PAGE_RULES))
        return page_of(Author.order_by("name").order_by("id"), request)

    # endregion

    # region database
    def statistics(self):
        rows = (
            Author.left_join("books", "books.author_id", "=", "authors.id")
            .select("authors.id", "authors.name")
            .select_raw("COUNT(books.id) AS books")
            .group_by("authors.id")
            .order_by("books", "desc")
            .order_by("authors.name")
            .get()
        )
        return [{"author": {"id": row.id, "name": row.name}, "books": row.books} for row in rows]

    # endregion
