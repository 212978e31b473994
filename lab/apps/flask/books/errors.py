from http import HTTPStatus

from flask import Flask, Response, json, render_template, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException


# region errors
def problem(status: int, detail: str = "", **more: object) -> Response:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(json.dumps(body), status, mimetype="application/problem+json")


def refused(error: ValidationError) -> Response:
    messages = error.normalized_messages()
    errors = [{"field": name, "message": " ".join(why)} for name, why in messages.items()]
    return problem(422, "Some fields are not right.", errors=errors)


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


def register(app: Flask) -> None:
    app.register_error_handler(ValidationError, refused)
    app.register_error_handler(HTTPException, failed)
    # endregion
