# region errors
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import async_only_middleware
from django.views import defaults
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def field_error(error: dict[str, Any]) -> dict[str, Any]:
    """Say it of a field; in a list of books, with the index of the book."""
    said = {"message": error["msg"]}
    for place in error["loc"]:
        said["index" if isinstance(place, int) else "field"] = place
    return said


class Problem(Schema):
    title: str
    status: int
    detail: str
    errors: list[dict[str, int | str]] = []


def problems(*statuses: int) -> dict[str, Any]:
    """The problems that an operation answers with, for the OpenAPI document."""
    content = {"application/problem+json": {"schema": Problem.json_schema()}}
    return {
        "responses": {
            status: {"description": HTTPStatus(status).phrase, "content": content}
            for status in statuses
        }
    }


def invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    if request.method in ("POST", "PATCH") and not request.body:
        return problem(400, "The body is empty.")
    errors = [field_error(error) for error in exc.errors]
    return problem(422, "Some fields are not right.", errors=errors)


def unauthorized(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
    response = problem(401, str(exc))
    response["WWW-Authenticate"] = "Bearer"
    return response


def register(api: NinjaAPI) -> None:
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(AuthenticationError, unauthorized)
    api.add_exception_handler(HttpError, lambda _, exc: problem(exc.status_code, str(exc)))
    api.add_exception_handler(Http404, lambda _, exc: problem(404, str(exc)))


def in_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


@async_only_middleware
def method_not_allowed(
    get_response: Callable[[HttpRequest], Awaitable[HttpResponse]],
) -> Callable[[HttpRequest], Awaitable[HttpResponse]]:
    """Make a problem of a refused method, for which there is no exception."""

    async def middleware(request: HttpRequest) -> HttpResponse:
        response = await get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and in_api(request):
            allowed = response["Allow"]
            response = problem(405)
            response["Allow"] = allowed
        return response

    return middleware


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(400) if in_api(request) else defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(404) if in_api(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return problem(500) if in_api(request) else defaults.server_error(request)


# endregion
