# region errors
from collections.abc import Sequence
from typing import Any

import falcon
import falcon.asgi
import falcon.media
from falcon.asgi import Request, Response
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from books.templating import render

MEDIA_PROBLEM = "application/problem+json"


class HTTPInvalidFields(falcon.HTTPUnprocessableEntity):
    """422 Unprocessable Entity, with an entry for each broken field."""

    def __init__(self, errors: Sequence[dict[str, Any]]) -> None:
        super().__init__(description="Some fields are not right.")
        self.errors = errors

    def to_dict(self, obj_type: type = dict) -> Any:
        return {**super().to_dict(obj_type), "errors": self.errors}


async def handle_validation_error(
    req: Request, resp: Response, ex: ValidationError, params: dict[str, Any]
) -> None:
    errors = []
    for error in ex.errors(include_url=False, include_context=False, include_input=False):
        index = {"index": loc[0]} if (loc := error["loc"]) and isinstance(loc[0], int) else {}
        field = loc[-1] if len(loc) > len(index) else "body"
        errors.append({**index, "field": field, "message": error["msg"]})
    raise HTTPInvalidFields(errors) from ex


async def handle_integrity_error(
    req: Request, resp: Response, ex: IntegrityError, params: dict[str, Any]
) -> None:
    raise falcon.HTTPConflict(description="The ISBN is taken, or the author has gone.") from ex


async def handle_stale_data_error(
    req: Request, resp: Response, ex: StaleDataError, params: dict[str, Any]
) -> None:
    raise falcon.HTTPNotFound(description="Somebody else has deleted it.") from ex


def serialize_error(req: Request, resp: Response, error: falcon.HTTPError) -> None:
    """Answer with problem details or, outside the API, with a page."""
    if not req.path.startswith("/api/"):
        resp.content_type = falcon.MEDIA_HTML
        resp.text = render("error.html", error=error)
        return
    problem = {"status": error.status_code, **error.to_dict()}
    if error.description:
        problem["detail"] = problem.pop("description")
    resp.content_type = MEDIA_PROBLEM
    resp.media = problem


def register(app: falcon.asgi.App) -> None:
    app.resp_options.media_handlers[MEDIA_PROBLEM] = falcon.media.JSONHandler()
    app.set_error_serializer(serialize_error)
    app.add_error_handler(ValidationError, handle_validation_error)
    app.add_error_handler(IntegrityError, handle_integrity_error)
    app.add_error_handler(StaleDataError, handle_stale_data_error)
    # endregion
