import logging

from pydantic.json_schema import models_json_schema
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.schemas import SchemaGenerator

from books.database import State
from books.models import Book, with_author
from books.schemas import BookCreate, BookUpdate
from books.templating import templates

logger = logging.getLogger(__name__)


# region templates
async def home(request: Request[State]) -> Response:
    q = request.query_params.get("q", "")
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


def parameter(name: str, place: str, **more: bool) -> dict[str, object]:
    return {"name": name, "in": place, "schema": {"type": "integer", "minimum": 1}, **more}


_, definitions = models_json_schema(
    [(BookCreate, "validation"), (BookUpdate, "validation")],
    ref_template="#/components/schemas/{model}",
)
schemas = SchemaGenerator(
    {
        "openapi": "3.1.0",
        "info": {"title": "Books", "version": "1.0"},
        "components": {
            "schemas": definitions["$defs"],
            "parameters": {
                "book_id": parameter("book_id", "path", required=True),
                "page": parameter("page", "query"),
                "per_page": parameter("per_page", "query"),
            },
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
    }
)


async def openapi(request: Request) -> Response:
    """The document that the docstrings of the endpoints make."""
    return JSONResponse(schemas.get_schema(routes=request.app.routes))
