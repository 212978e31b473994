# region errors
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, NotAuthorizedException, ValidationException
from litestar.openapi import ResponseSpec
from litestar.plugins.problem_details import (
    ProblemDetailsConfig,
    ProblemDetailsException,
    ProblemDetailsPlugin,
)
from litestar.response import Template
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from books.schemas import Problem


def problem(
    status: HTTPStatus, detail: str = "", headers: dict[str, str] | None = None, **extra: Any
) -> ProblemDetailsException:
    return ProblemDetailsException(
        detail, status_code=status, title=status.phrase, headers=headers, extra=extra
    )


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Describe the problems that a handler answers with, for the OpenAPI document."""
    return {
        status: ResponseSpec(
            Problem, description=HTTPStatus(status).phrase, media_type="application/problem+json"
        )
        for status in statuses
    }


def unprocessable(errors: list[dict[str, Any]]) -> ProblemDetailsException:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Some fields are not right", errors=errors)


def invalid(exc: ValidationException) -> ProblemDetailsException:
    faults = [(fault.get("key", "data"), fault["message"]) for fault in exc.extra or []]
    if any(key == "data" for key, _ in faults):
        return problem(HTTPStatus.BAD_REQUEST, "The body is missing or of another kind")
    return unprocessable([{"field": key, "message": message} for key, message in faults])


def invalid_import(exc: ValidationError) -> ProblemDetailsException:
    errors = []
    for fault in exc.errors(include_url=False, include_input=False):
        match fault["loc"]:
            case (index, field):
                place = {"index": index, "field": field}
            case (index,):
                place = {"index": index, "field": "book"}
            case _:
                place = {"field": "books"}
        errors.append(place | {"message": fault["msg"]})
    return unprocessable(errors)


def unauthorized(exc: NotAuthorizedException) -> ProblemDetailsException:
    return problem(HTTPStatus.UNAUTHORIZED, exc.detail, {"WWW-Authenticate": "Bearer"})


def other(exc: HTTPException) -> ProblemDetailsException:
    return problem(HTTPStatus(exc.status_code), exc.detail, exc.headers)


def conflict(exc: IntegrityError) -> ProblemDetailsException:
    return problem(HTTPStatus.CONFLICT, "The ISBN is taken, or the author has gone")


def gone(exc: StaleDataError) -> ProblemDetailsException:
    return problem(HTTPStatus.NOT_FOUND, "Somebody else has deleted it")


def nested(exc: RecursionError) -> ProblemDetailsException:
    return problem(HTTPStatus.BAD_REQUEST, "The body is nested too deeply")


CLIENT_ERRORS = {IntegrityError: conflict, StaleDataError: gone, RecursionError: nested}

problem_details = ProblemDetailsPlugin(
    ProblemDetailsConfig(
        exception_to_problem_detail_map={
            ValidationException: invalid,
            NotAuthorizedException: unauthorized,
            HTTPException: other,
            **CLIENT_ERRORS,
        },
    )
)


def server_error(request: Request[Any, Any, Any], exc: Exception) -> Response[Any]:
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR).to_response(request)


def html_error(request: Request[Any, Any, Any], exc: Exception) -> Response[Any]:
    status = HTTPStatus(getattr(exc, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))
    return Template(
        "error.html",
        context={"title": status.phrase},
        status_code=status,
        media_type=MediaType.HTML,
    )


def not_found(request: Request[Any, Any, Any], exc: HTTPException) -> Response[Any]:
    if request.url.path.startswith("/api/"):
        return problem(HTTPStatus.NOT_FOUND, exc.detail).to_response(request)
    return html_error(request, exc)


# endregion
