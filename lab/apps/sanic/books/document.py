"""What the OpenAPI document says of bodies and answers."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json
from sanic_ext import openapi
from sanic_ext.extensions.openapi.definitions import Response

from books import schemas


def content(model: type[BaseModel], media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


def answers(status: int, body: dict[str, Any], *problems: int) -> list[Response]:
    problem = content(schemas.Problem, "application/problem+json")
    wrong = [Response(problem, status, HTTPStatus(status).phrase) for status in problems]
    return [Response(body, status, HTTPStatus(status).phrase), *wrong]


def register(app: Sanic) -> None:
    app.ext.openapi.describe("Books", version="1")
    app.ext.openapi.add_security_scheme("bearer", "http", scheme="bearer", bearer_format="JWT")
    models = [(model, "validation") for model in schemas.DESCRIBED]
    _, described = models_json_schema(models, ref_template="#/components/schemas/{model}")
    for name, schema in described["$defs"].items():
        app.ext.openapi.add_component("schemas", name, schema)

    # Sanic Extensions serve it together with the pages that show it, at /docs/openapi.json.
    @app.get("/openapi.json")
    @openapi.exclude()
    async def document(request: Request) -> HTTPResponse:
        return json(app.ext.openapi.build(app).serialize())
