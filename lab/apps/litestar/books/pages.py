from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.params import FromQuery
from litestar.response import Template
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from books.errors import html_error
from books.models import Book


# region templates
@get("/", include_in_schema=False)
async def home(db_session: NamedDependency[AsyncSession], q: FromQuery[str] = "") -> Template:
    q = q.replace("\0", "\ufffd")  # PostgreSQL takes no null character
    query = select(Book).where(Book.title.icontains(q, autoescape=True))
    books = await db_session.scalars(query.order_by(Book.title, Book.id).limit(100))
    return Template("books.html", context={"books": books.all(), "q": q})


pages = Router(
    "/", route_handlers=[home], exception_handlers={HTTPException: html_error, 500: html_error}
)
# endregion


# region deployment
@get("/health")
async def health(db_session: NamedDependency[AsyncSession]) -> Response[dict[str, Any]]:
    try:
        await db_session.scalar(select(Book.id).limit(1))
    except SQLAlchemyError:
        return Response({"status": "unavailable"}, status_code=503)
    return Response({"status": "ok"})


# endregion
