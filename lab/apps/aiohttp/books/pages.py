import logging
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from books.models import Book, session_of, with_author

routes = web.RouteTableDef()
logger = logging.getLogger(__name__)


# region templates
@routes.get("/")
@aiohttp_jinja2.template("books.html")
async def home(request: web.Request) -> dict[str, Any]:
    q = request.query.get("q", "").replace("\0", "\ufffd")  # PostgreSQL takes no null character
    query = with_author.where(Book.title.icontains(q, autoescape=True))
    async with session_of(request) as session:
        books = await session.scalars(query.order_by(Book.title, Book.id).limit(100))
        return {"books": books.all(), "q": q}


# endregion


# region deployment
@routes.get("/health")
async def health(request: web.Request) -> web.Response:
    try:
        async with session_of(request) as session:
            await session.scalar(select(Book.id).limit(1))
    except SQLAlchemyError:
        logger.exception("The store cannot be read")
        return web.json_response({"status": "unavailable"}, status=503)
    return web.json_response({"status": "ok"})


# endregion
