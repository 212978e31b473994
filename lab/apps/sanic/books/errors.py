# region errors
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import json
from sanic_ext import render


def problem(
    status: int, detail: str = "", headers: dict[str, str] | None = None, **more: Any
) -> HTTPResponse:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return json(body, status, headers, content_type="application/problem+json")


async def invalid(request: Request, exception: ValidationError) -> HTTPResponse:
    errors = [
        {"field": ".".join(map(str, error["loc"])) or "body", "message": error["msg"]}
        for error in exception.errors()
    ]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Some fields are not right", errors=errors)


async def failed(request: Request, exception: Exception) -> HTTPResponse:
    request.app.error_handler.log(request, exception)
    status, detail, headers = HTTPStatus.INTERNAL_SERVER_ERROR, "", {}
    if isinstance(exception, SanicException):
        status, detail, headers = exception.status_code, str(exception), exception.headers
    if request.path.startswith("/api/"):
        return problem(status, detail, dict(headers))
    context = {"title": HTTPStatus(status).phrase}
    return await render("error.html", status=status, context=context)


def register(app: Sanic) -> None:
    app.exception(ValidationError)(invalid)
    app.exception(Exception)(failed)
    # endregion
