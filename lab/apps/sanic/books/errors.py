# region errors
from http import HTTPStatus
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import BadRequest, SanicException
from sanic.response import json
from sanic_ext import render
from sanic_ext.exceptions import ValidationError


def problem(
    status: int, detail: str = "", headers: dict[str, str] | None = None, **more: Any
) -> HTTPResponse:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return json(body, status, headers, content_type="application/problem+json")


class Refused(SanicException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    message = "Some fields are not right"
    quiet = True


async def invalid(request: Request, exception: ValidationError) -> HTTPResponse:
    # Sanic Extensions keep the text of Pydantic's error; the fields are in the error itself.
    faults = exception.__context__.errors()
    if not all(fault["loc"] for fault in faults):
        return await failed(request, BadRequest("The body is missing or of another kind"))
    errors = [as_error(fault["loc"], fault["msg"]) for fault in faults]
    return await failed(request, Refused(context={"errors": errors}))


def as_error(location: tuple[int | str, ...], message: str) -> dict[str, Any]:
    place, *rest = location
    if isinstance(place, int):
        return {"index": place, "field": rest[0] if rest else "body", "message": message}
    return {"field": place, "message": message}


async def failed(request: Request, exception: Exception) -> HTTPResponse:
    request.app.error_handler.log(request, exception)
    status, detail, headers, more = HTTPStatus.INTERNAL_SERVER_ERROR, "", {}, {}
    if isinstance(exception, SanicException):
        status, detail, headers = exception.status_code, str(exception), exception.headers
        more = exception.context or {}
    if request.path.startswith("/api/"):
        return problem(status, detail, dict(headers), **more)
    context = {"title": HTTPStatus(status).phrase}
    return await render("error.html", status=status, context=context)


def register(app: Sanic) -> None:
    app.exception(ValidationError)(invalid)
    app.exception(Exception)(failed)
    # endregion
