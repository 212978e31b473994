# region errors
import logging
from http import HTTPStatus
from typing import Any

import colander
from pyramid.events import NewRequest, subscriber
from pyramid.exceptions import PredicateMismatch, URLDecodeError
from pyramid.httpexceptions import HTTPException
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import exception_view_config, forbidden_view_config
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

log = logging.getLogger(__name__)
API = "^/api/"


def problem(status: int, detail: str, **more: object) -> Response:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(json_body=body, status=status, content_type="application/problem+json")


@exception_view_config(colander.Invalid)
def invalid(error: colander.Invalid, request: Request) -> Response:
    errors = []
    for path, message in error.asdict().items():
        *index, field = path.lstrip(".").split(".")
        if field.isdecimal():
            index, field = [field], ""
        entry = {"field": field or "body", "message": message}
        errors.append({"index": int(index[0]), **entry} if index else entry)
    return problem(422, "Some fields are not right.", errors=errors)


@exception_view_config(IntegrityError)
def taken(error: IntegrityError, request: Request) -> Response:
    return problem(409, "There is a book with this ISBN, or its author is gone.")


@exception_view_config(StaleDataError)
def gone(error: StaleDataError, request: Request) -> Response:
    return problem(404, "The book has been deleted meanwhile.")


@subscriber(NewRequest)
def decode_query(event: NewRequest) -> None:
    """Refuse a query that is not UTF-8, as Pyramid does with a path."""
    try:
        _ = event.request.GET
    except UnicodeDecodeError as error:
        raise URLDecodeError(*error.args) from None


@exception_view_config(URLDecodeError)
def undecodable(error: URLDecodeError, request: Request) -> Response:
    return problem(400, "The address is not UTF-8.")


@forbidden_view_config()
def unauthorized(request: Request) -> Response:
    response = problem(401, "Send a valid token: Authorization: Bearer …")
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@exception_view_config(PredicateMismatch)
def wrong_method(error: PredicateMismatch, request: Request) -> Response:
    """Answer for a route whose views are all for other methods, the only predicate they have."""
    response = problem(405, "The address has no such method.")
    views = request.registry.introspector.get_category("views")
    found = [view["introspectable"] for view in views]
    response.allow = [
        view["request_methods"]
        for view in found
        if view["route_name"] == request.matched_route.name
    ]
    return response


@exception_view_config(HTTPException, path_info=API)
def http_problem(error: HTTPException, request: Request) -> Response:
    return problem(error.code, error.explanation)


@exception_view_config(HTTPException, renderer="books:templates/error.jinja2")
def http_page(error: HTTPException, request: Request) -> dict[str, Any]:
    request.response.status = error.code
    return {"title": error.title, "explanation": error.explanation}


@exception_view_config(Exception, path_info=API)
def failure_problem(error: Exception, request: Request) -> Response:
    log.error("%s %r failed", request.method, request.path_info, exc_info=error)
    return problem(500, "The server has met an error.")


@exception_view_config(Exception, renderer="books:templates/error.jinja2")
def failure_page(error: Exception, request: Request) -> dict[str, Any]:
    log.error("%s %r failed", request.method, request.path_info, exc_info=error)
    request.response.status = 500
    return {"title": "Internal Server Error", "explanation": "The server has met an error."}


# endregion
