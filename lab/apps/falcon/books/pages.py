import logging

import falcon
from falcon.asgi import Request, Response
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from books.database import Book, Database, books_with_authors
from books.templating import render

log = logging.getLogger(__name__)


# region templates
class HomeResource:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def on_get(self, req: Request, resp: Response) -> None:
        q = req.get_param("q", default="").replace(
            "\0", "\ufffd"
        )  # PostgreSQL takes no null character
        query = books_with_authors().where(Book.title.icontains(q, autoescape=True))
        async with self._database.session() as session:
            books = await session.scalars(query.order_by(Book.title, Book.id).limit(100))
        resp.content_type = falcon.MEDIA_HTML
        resp.text = render("books.html", books=books, q=q)


# endregion


# region deployment
class HealthResource:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def on_get(self, req: Request, resp: Response) -> None:
        try:
            async with self._database.session() as session:
                await session.scalar(select(Book.id).limit(1))
            resp.media = {"status": "ok"}
        except SQLAlchemyError:
            log.exception("The store cannot be read")
            resp.status = falcon.HTTP_503
            resp.media = {"status": "unavailable"}


# endregion
