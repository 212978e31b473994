import csv
import io
from itertools import chain

from masonite.configuration import config
from masonite.controllers import Controller
from masonite.response import Response

COLUMNS = ["title", "isbn", "published", "pages", "author"]


# region streaming
class Pieces:
    """Masonite joins what a generator yields; another iterator is passed on and closed."""

    def __init__(self, pieces):
        # The first is taken now: the connection is its own, not that of another's transaction.
        self.all = chain([next(pieces)], pieces)
        self.close = pieces.close

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.all).encode()


class ExportController(Controller):
    def show(self, response: Response):
        response.header("Content-Type", "text/csv; charset=utf-8")
        response.header("Content-Disposition", 'attachment; filename="books.csv"')
        response.content = Pieces(self.pieces())
        return response.status(200)

    def pieces(self):
        query = (
            config("database.db")
            .get_query_builder()
            .table("books")
            .join("authors", "authors.id", "=", "books.author_id")
            .select("title", "isbn", "published", "pages", "authors.name as author")
            .order_by("books.id")
        )
        piece = io.StringIO(newline="")
        writer = csv.DictWriter(piece, COLUMNS)
        writer.writeheader()
        try:
            for rows in query.chunk(500):
                writer.writerows(rows)
                yield piece.getvalue()
                piece.seek(0)
                piece.truncate()
            yield piece.getvalue()
        finally:  # chunk() leaves both open
            cursor = query.get_connection().get_cursor()
            cursor.close()
            cursor.connection.close()


# endregion
