import logging
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from books.pages import templates

# region errors
logger = logging.getLogger(__name__)


class Problem(BaseModel):
    title: str
    status: int
    detail: str
    errors: list[dict[str, str | int]] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe these answers of a path operation."""
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {status: {"content": content} for status in statuses}


def error_response(
    request: Request,
    status: int,
    detail: str,
    errors: list[dict[str, str | int]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    problem = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors
    ).model_dump(exclude_none=True)
    if request.url.path.startswith("/api/"):
        return JSONResponse(problem, status, headers, media_type="application/problem+json")
    return templates.TemplateResponse(
        request=request, name="error.html", context=problem, status_code=status, headers=headers
    )


async def on_http_exception(request: Request, error: HTTPException) -> Response:
    return error_response(request, error.status_code, error.detail, headers=error.headers)


async def on_invalid_request(request: Request, error: RequestValidationError) -> Response:
    faults = error.errors()
    no_body = faults[0]["loc"] == ("body",) and faults[0].get("type") == "missing"
    if no_body or faults[0].get("type") == "json_invalid":
        return error_response(request, 400, "The body is no JSON.")
    errors = [describe(*fault["loc"], message=fault["msg"]) for fault in faults]
    return error_response(request, 422, "Some fields are not right.", errors=errors)


def describe(part: str, *path: str | int, message: str) -> dict[str, str | int]:
    """The entry for a fault at a place such as ("query", "page") or ("body", 7, "isbn")."""
    index = {"index": path[0]} if path and isinstance(path[0], int) else {}
    names = [str(step) for step in path if isinstance(step, str)]
    return {**index, "field": ".".join(names) or part, "message": message}


def on_failure(request: Request) -> Response:
    """For the middleware: after a handler of Exception the server would close the connection."""
    logger.exception("Request %s failed", request.state.request_id)
    return error_response(request, 500, "Something went wrong on our side.")


exception_handlers = {
    HTTPException: on_http_exception,
    RequestValidationError: on_invalid_request,
}
# endregion
