from http import HTTPStatus
from typing import Any

from flask import Flask, Response, json, render_template, request
from flask.json.provider import DefaultJSONProvider
from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from books.models import db


# region errors
def problem(status: int, detail: str = "", **more: object) -> Response:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(json.dumps(body), status, mimetype="application/problem+json")


def refused(error: ValidationError) -> Response:
    messages = error.normalized_messages()
    errors = [{"field": name, "message": " ".join(why)} for name, why in messages.items()]
    return problem(422, "Some fields are not right.", errors=errors)


def conflict(error: IntegrityError) -> Response:
    db.session.rollback()  # what SQLite refuses at the commit itself stays open otherwise
    return problem(409, "There is a book with this ISBN, or its author is gone.")


def gone(error: StaleDataError) -> Response:
    return problem(404, "The book has been deleted meanwhile.")


def failed(error: HTTPException) -> Response:
    """Also the 500 that Flask makes of an exception nobody caught, which it has logged."""
    if not request.path.startswith("/api/"):
        response = error.get_response()
        response.data = render_template("error.html", error=error)
        return response
    response = problem(error.code or 500, error.description or "")
    if error.code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    elif error.code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


class JSONProvider(DefaultJSONProvider):
    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("This is nested too deeply.") from None


def register(app: Flask) -> None:
    app.json = JSONProvider(app)
    app.register_error_handler(ValidationError, refused)
    app.register_error_handler(IntegrityError, conflict)
    app.register_error_handler(StaleDataError, gone)
    app.register_error_handler(HTTPException, failed)
    # endregion
