import logging

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from books.models import Book, with_author
from books.state import State
from books.templating import templates

logger = logging.getLogger(__name__)


# region templates
async def home(request: Request[State]) -> Response:
    q = request.query_params.get("q", "").replace(
        "\0", "\ufffd"
    )  # PostgreSQL takes no null character
    query = with_author.where(Book.title.icontains(q, autoescape=True))
    async with request.state["sessions"]() as session:
        books = (await session.scalars(query.order_by(Book.title, Book.id).limit(100))).all()
    return templates.TemplateResponse(request, "books.html", {"books": books, "q": q})


# endregion


# region deployment
async def health(request: Request[State]) -> Response:
    try:
        async with request.state["sessions"]() as session:
            await session.execute(select(Book.id).limit(1))
    except SQLAlchemyError:
        logger.exception("The store cannot be read")
        return JSONResponse({"status": "unavailable"}, 503)
    return JSONResponse({"status": "ok"})


# endregion
