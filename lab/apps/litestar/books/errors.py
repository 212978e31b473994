# region errors
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, NotAuthorizedException, ValidationException
from litestar.plugins.problem_details import (
    ProblemDetailsConfig,
    ProblemDetailsException,
    ProblemDetailsPlugin,
)
from litestar.response import Template


def problem(
    status: HTTPStatus, detail: str = "", headers: dict[str, str] | None = None, **extra: Any
) -> ProblemDetailsException:
    return ProblemDetailsException(
        detail, status_code=status, title=status.phrase, headers=headers, extra=extra
    )


def invalid(exc: ValidationException) -> ProblemDetailsException:
    faults = [(fault.get("key", "data"), fault["message"]) for fault in exc.extra or []]
    if any(key == "data" for key, _ in faults):
        return problem(HTTPStatus.BAD_REQUEST, "The body is missing or of another kind")
    errors = [as_error(key, message) for key, message in faults]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Some fields are not right", errors=errors)


def as_error(key: str, message: str) -> dict[str, Any]:
    # Where the body is a list, the key begins with the place: "0.title".
    place, _, field = key.partition(".")
    if place.isdecimal():
        return {"index": int(place), "field": field or "body", "message": message}
    return {"field": key, "message": message}


def unauthorized(exc: NotAuthorizedException) -> ProblemDetailsException:
    return problem(HTTPStatus.UNAUTHORIZED, exc.detail, {"WWW-Authenticate": "Bearer"})


def other(exc: HTTPException) -> ProblemDetailsException:
    return problem(HTTPStatus(exc.status_code), exc.detail, exc.headers)


problem_details = ProblemDetailsPlugin(
    ProblemDetailsConfig(
        exception_to_problem_detail_map={
            ValidationException: invalid,
            NotAuthorizedException: unauthorized,
            HTTPException: other,
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
