from typing import Any

from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.schemas import SchemaGenerator

from books.schemas import (
    AuthorPage,
    BookCreate,
    BookPage,
    BookPublic,
    BookUpdate,
    Imported,
    Login,
    Problem,
    Statistics,
    Token,
)

ACCEPTED = [BookCreate, BookUpdate, Login]
ANSWERED = [AuthorPage, BookPage, BookPublic, Imported, Statistics, Token]


def parameter(name: str, place: str, **rules: Any) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, **rules}
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def answer(name: str, media_type: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": name, "content": {media_type: {"schema": schema}}}


_, definitions = models_json_schema(
    [(model, "validation") for model in [*ACCEPTED, *ANSWERED, Problem]],
    ref_template="#/components/schemas/{model}",
)
schemas = SchemaGenerator(
    {
        "openapi": "3.1.0",
        "info": {"title": "Books", "version": "1.0"},
        "components": {
            "schemas": definitions["$defs"],
            "responses": {
                "Problem": answer("Problem", "application/problem+json"),
                **{
                    model.__name__: answer(model.__name__, "application/json") for model in ANSWERED
                },
            },
            "parameters": {
                "book_id": parameter("book_id", "path"),
                "page": parameter("page", "query"),
                "per_page": parameter("per_page", "query", maximum=100),
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
