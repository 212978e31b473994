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
from pydantic import ValidationError


def problem(
    status: HTTPStatus, detail: str = "", headers: dict[str, str] | None = None, **extra: Any
) -> ProblemDetailsException:
    return ProblemDetailsException(
        detail, status_code=status, title=status.phrase, headers=headers, extra=extra
    )


def invalid(exc: ValidationException) -> ProblemDetailsException:
    faults = {error.get("key", "query"): error["message"] for error in exc.extra or []}
    if "data" in faults:
        return problem(HTTPStatus.BAD_REQUEST, "The body is missing or of another kind")
    return refused([{"field": key, "message": message} for key, message in faults.items()])


def invalid_model(exc: ValidationError) -> ProblemDetailsException:
    faults = {".".join(map(str, e["loc"])) or "body": e["msg"] for e in exc.errors()}
    return refused([{"field": field, "message": message} for field, message in faults.items()])


def refused(errors: list[dict[str, Any]]) -> ProblemDetailsException:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Some fields are not right", errors=errors)


def unauthorized(exc: NotAuthorizedException) -> ProblemDetailsException:
    return problem(HTTPStatus.UNAUTHORIZED, exc.detail, {"WWW-Authenticate": "Bearer"})


def other(exc: HTTPException) -> ProblemDetailsException:
    return problem(HTTPStatus(exc.status_code), exc.detail, exc.headers)


problem_details = ProblemDetailsPlugin(
    ProblemDetailsConfig(
        exception_to_problem_detail_map={
            ValidationException: invalid,
            ValidationError: invalid_model,
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
