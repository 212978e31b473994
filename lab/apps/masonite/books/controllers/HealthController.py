from masonite.controllers import Controller
from masoniteorm.exceptions import QueryException

from books.errors import HttpError
from books.models.Book import Book


# region deployment
class HealthController(Controller):
    def show(self):
        try:
            Book.first()
        except QueryException as error:
            raise HttpError(503, "The books can't be asked for.") from error
        return {"status": "ok"}


# endregion
