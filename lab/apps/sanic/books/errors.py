# region errors
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.constants import HTTP_METHODS
from sanic.exceptions import BadRequest, MethodNotAllowed, NotFound, SanicException
from sanic.response import json
from sanic_ext import render
from sanic_ext.exceptions import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError


def problem(
    status: int, detail: str = "", headers: dict[str, str] | None = None, **more: Any
) -> HTTPResponse:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return json(body, status, headers, content_type="application/problem+json")


class Refused(SanicException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    message = "Some fields are not right"
    quiet = True


class Conflict(SanicException):
    status_code = HTTPStatus.CONFLICT
    message = "The ISBN is taken, or the author has gone"
    quiet = True


async def invalid(request: Request, exception: ValidationError) -> HTTPResponse:
    # Sanic Extensions keep the text of Pydantic's error; the fields are in the error itself.
    faults = exception.__context__.errors()
    if any(not fault["loc"] and fault["type"] != "too_long" for fault in faults):
        return await failed(request, BadRequest("The body is missing or of another kind"))
    errors = [as_error(fault["loc"], fault["msg"]) for fault in faults]
    return await failed(request, Refused(context={"errors": errors}))


def as_error(location: tuple[int | str, ...], message: str) -> dict[str, Any]:
    match location:
        case (int() as index, *field):
            return {"index": index, "field": field[0] if field else "book", "message": message}
        case _:
            return {"field": location[0] if location else "body", "message": message}


async def conflict(request: Request, exception: IntegrityError) -> HTTPResponse:
    return await failed(request, Conflict())


async def gone(request: Request, exception: StaleDataError) -> HTTPResponse:
    return await failed(request, NotFound("Somebody else has deleted it"))


async def not_allowed(request: Request, exception: MethodNotAllowed) -> HTTPResponse:
    # Of an address with a parameter, the router does not say what is allowed.
    allowed = []
    for method in HTTP_METHODS:
        with suppress(MethodNotAllowed):
            request.app.router.get(request.path, method, request.headers.get("host"))
            allowed.append(method)
    return await failed(request, MethodNotAllowed(str(exception), request.method, allowed))


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
    app.exception(IntegrityError)(conflict)
    app.exception(StaleDataError)(gone)
    app.exception(MethodNotAllowed)(not_allowed)
    app.exception(Exception)(failed)
    # endregion
