from http import HTTPStatus

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from books.base import BaseHandler
from books.models import Book


# region templates
class HomeHandler(BaseHandler):
    async def get(self) -> None:
        q = self.get_query_argument("q", "", strip=False)
        q = q.replace("\0", "\ufffd")  # PostgreSQL takes no null character
        query = select(Book).where(Book.title.icontains(q, autoescape=True))
        async with self.application.sessions() as session:
            books = await session.scalars(query.order_by(Book.title, Book.id).limit(100))
        self.render("books.html", books=books.all(), q=q)


# endregion


# region deployment
class HealthHandler(BaseHandler):
    async def get(self) -> None:
        try:
            async with self.application.sessions() as session:
                await session.scalar(select(Book.id).limit(1))
        except SQLAlchemyError:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            self.write({"status": "unavailable"})
        else:
            self.write({"status": "ok"})


# endregion
