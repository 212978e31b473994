from functools import cache

from masonite.configuration import config
from masonite.controllers import Controller
from masonite.response import Response
from masoniteorm.exceptions import QueryException

from books.catalogue import faults_of, insert
from books.controllers.BookController import FIELDS
from books.errors import HttpError
from books.models.Author import Author
from books.providers.JsonProvider import JsonBody
from books.validation.rules import book_rules, cleaned


# region transaction
class ImportController(Controller):
    def store(self, body: JsonBody, response: Response):
        rows = body.parse(list)
        books = [cleaned(row, FIELDS) if isinstance(row, dict) else {} for row in rows]
        rules = book_rules(FIELDS, cache(Author.find))
        self.refuse(faults_of(books, rules))
        try:
            with config("database.db").transaction():
                insert(books)
        except QueryException:
            # Somebody may have stored one of them since they were validated.
            self.refuse(faults_of(books, rules))
            raise
        return response.json({"imported": len(books)}, status=201)

    def refuse(self, faults):
        if faults:
            raise HttpError(422, "Nothing was imported.", errors=faults)


# endregion
