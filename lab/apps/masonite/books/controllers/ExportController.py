import csv
import io
from itertools import chain

from masonite.configuration import config
from masonite.controllers import Controller
from masonite.response import Response

COLUMNS = ["title", "isbn", "published", "pages", "author"]


# region streaming
class ExportController(Controller):
    def show(self, response: Response):
        response.header("Content-Type", "text/csv; charset=utf-8")
        response.header("Content-Disposition", 'attachment; filename="books.csv"')
        pieces = self.pieces()
        first = next(pieces)  # The connection is its own, not that of another's transaction.
        # Masonite joins the pieces of a generator; it passes on any other iterator.
        response.content = map(str.encode, chain([first], pieces))
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
        for rows in query.chunk(500):
            writer.writerows(rows)
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
        yield piece.getvalue()


# endregion
