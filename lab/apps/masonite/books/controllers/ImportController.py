from masonite.controllers import Controller
from masonite.response import Response
from masoniteorm.exceptions import QueryException

from books.catalogue import duplicates, faults_of, insert, transaction
from books.controllers.BookController import FIELDS
from books.errors import HttpError
from books.models.Author import Author
from books.providers.JsonProvider import JsonBody
from books.turns import others_first
from books.validation.rules import book_rules, cleaned

# region transaction
MOST_BOOKS = 50_000


class ImportController(Controller):
    def store(self, body: JsonBody, response: Response):
        rows = body.parse(list)
        if len(rows) > MOST_BOOKS:
            raise HttpError(413, f"At most {MOST_BOOKS} books are imported at once.")
        books = [cleaned(row, FIELDS) if isinstance(row, dict) else {} for row in rows]
        authors = {author.id: author for author in Author.all()}
        faults = duplicates(books)
        with others_first():
            faults += faults_of(books, book_rules(FIELDS, authors.get))
        self.refuse(faults)
        try:
            with transaction():
                insert(books)
        except QueryException:
            # Somebody may have stored one of them since they were validated.
            self.refuse(duplicates(books))
            raise
        return response.json({"imported": len(books)}, status=201)

    def refuse(self, faults):
        if faults:
            raise HttpError(422, "Nothing was imported.", errors=faults)


# endregion
