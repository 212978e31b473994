# region errors
from http import HTTPStatus
from typing import Any

from quart import Quart, Request, Response, current_app, render_template, request
from quart_schema import RequestSchemaValidationError
from werkzeug.exceptions import HTTPException


def problem(status: int, detail: str | None, **more: object) -> Response:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    text = current_app.json.dumps(body)
    return Response(text, status, content_type="application/problem+json")


async def refused(error: RequestSchemaValidationError) -> Response:
    faults = error.validation_error.errors(include_context=False, include_input=False)
    if faults[0]["type"] == "json_invalid":
        return problem(400, faults[0]["msg"])
    errors = []
    for fault in faults:
        index = {"index": loc[0]} if (loc := fault["loc"]) and isinstance(loc[0], int) else {}
        field = loc[-1] if len(loc) > len(index) else "body"
        errors.append({**index, "field": field, "message": fault["msg"]})
    return problem(422, "Some fields are not right.", errors=errors)


async def failed(error: HTTPException) -> Response:
    """Also the 500 that Quart makes of an exception nobody caught, which it has logged."""
    status = error.code or 500
    if request.path.startswith("/api/"):
        response = problem(status, error.description)
    else:
        response = Response(await render_template("error.html", error=error), status)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


class JSONRequest(Request):
    async def get_json(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super().get_json(*args, **kwargs)
        except (UnicodeDecodeError, RecursionError) as error:  # Quart itself expects neither
            return self.on_json_loading_failed(error)


def register(app: Quart) -> None:
    app.request_class = JSONRequest
    app.register_error_handler(RequestSchemaValidationError, refused)
    app.register_error_handler(HTTPException, failed)
    # endregion
