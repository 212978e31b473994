import logging
from typing import Any

from responder import API, Request, Response, abort
from sqlalchemy.exc import SQLAlchemyError

# region errors
logger = logging.getLogger(__name__)

# What Responder does not describe by itself.
PROBLEM = {
    "description": "A problem",
    "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
    },
}


def shape_problem(payload: dict[str, Any]) -> dict[str, Any]:
    """Name the field of each fault, where Pydantic gives its place and its input."""
    if "errors" in payload:
        payload["errors"] = [describe(fault) for fault in payload["errors"]]
    return payload


def describe(fault: dict[str, Any]) -> dict[str, Any]:
    place = [step for step in fault.get("loc", ()) if step not in ("query", "path")]
    index = {"index": place[0]} if place and isinstance(place[0], int) else {}
    names = [step for step in place if isinstance(step, str)]
    return {**index, "field": ".".join(names) or "body", "message": fault["msg"]}


def register(api: API) -> None:
    def page(req: Request, resp: Response, status: int, title: str, detail: str) -> None:
        resp.status_code = status
        resp.html = api.template("error.html", title=title, detail=detail)

    @api.route("/not-found", default=True, include_in_schema=False)
    def not_found(req: Request, resp: Response) -> None:
        if req.url.path.startswith("/api/"):
            abort(404)
        page(req, resp, 404, "Not Found", "There is nothing at this address.")

    # After a handler of Exception the server closes the connection, so that the likely one
    # has its own.
    @api.exception_handler(SQLAlchemyError)
    @api.exception_handler(Exception)
    def on_failure(req: Request, resp: Response, error: Exception) -> None:
        logger.error("Request failed", exc_info=error)
        if req.url.path.startswith("/api/"):
            resp.problem(500, "Something went wrong on our side.")
        else:
            page(req, resp, 500, "Internal Server Error", "Something went wrong on our side.")
            # endregion
