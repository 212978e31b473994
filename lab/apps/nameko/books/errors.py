# region errors
import json

from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import (
    Conflict,
    HTTPException,
    InternalServerError,
    UnprocessableEntity,
)

EXPECTED = (HTTPException, ValidationError, IntegrityError)


def entries(messages):
    """Flatten the messages of a schema: `{field: texts}`, or `{index: {field: texts}}`."""
    for key, value in messages.items():
        if isinstance(value, dict):
            yield from ({"index": key, **entry} for entry in entries(value))
        else:
            yield {"field": key, "message": " ".join(value)}


def error_response(url, exc):
    """Answer an error of the API as problem details (RFC 9457), any other as a page."""
    problem = {}
    if isinstance(exc, ValidationError):
        error = UnprocessableEntity("Some fields are not valid.")
        problem["errors"] = list(entries(exc.normalized_messages()))
    elif isinstance(exc, IntegrityError):
        error = Conflict("There is a book with this ISBN already, or its author is gone.")
    elif isinstance(exc, HTTPException):
        error = exc
    else:
        error = InternalServerError()
    response = error.get_response()
    if url.startswith("/api/"):
        problem |= {"title": error.name, "status": error.code, "detail": error.description}
        response.data = json.dumps(problem)
        response.content_type = "application/problem+json"
    return response


# endregion
