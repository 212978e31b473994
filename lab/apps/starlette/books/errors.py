import logging
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from books.schemas import Problem
from books.templating import templates

# region errors
logger = logging.getLogger(__name__)

Fault = tuple[tuple[str | int, ...], str]


class Invalid(Exception):
    """Faults that only the store knows: each the place, such as (7, "isbn"), and a message."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults


def describe(place: tuple[str | int, ...], message: str) -> dict[str, Any]:
    index = {"index": place[0]} if place and isinstance(place[0], int) else {}
    names = [step for step in place if isinstance(step, str)]
    return {**index, "field": ".".join(names) or "body", "message": message}


def error_response(request: Request, status: int, detail: str, **more: Any) -> Response:
    title = HTTPStatus(status).phrase
    problem = Problem(title=title, status=status, detail=detail, **more).model_dump(
        exclude_none=True
    )
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    if request.url.path.startswith("/api/"):
        return JSONResponse(problem, status, headers, media_type="application/problem+json")
    return templates.TemplateResponse(request, "error.html", problem, status, headers)


def on_http_exception(request: Request, error: HTTPException) -> Response:
    response = error_response(request, error.status_code, error.detail)
    response.headers.update(error.headers or {})
    return response


def on_invalid(request: Request, error: Invalid) -> Response:
    errors = [describe(place, message) for place, message in error.faults]
    return error_response(request, 422, "Some fields are not right.", errors=errors)


def on_validation_error(request: Request, error: ValidationError) -> Response:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    if faults[0]["type"] == "json_invalid":
        return error_response(request, 400, "The body is no JSON.")
    errors = [describe(fault["loc"], fault["msg"]) for fault in faults]
    return error_response(request, 422, "Some fields are not right.", errors=errors)


def on_failure(request: Request) -> Response:
    """For the middleware: after a handler of Exception the server would close the connection."""
    logger.exception("Request %s failed", request.state["request_id"])
    return error_response(request, 500, "Something went wrong on our side.")


exception_handlers = {
    HTTPException: on_http_exception,
    Invalid: on_invalid,
    ValidationError: on_validation_error,
}
# endregion
