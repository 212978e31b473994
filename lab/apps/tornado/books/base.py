from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from tornado.escape import json_encode
from tornado.web import HTTPError

from books.models import Author
from books.request_log import LoggedHandler


# region errors
class Problem(HTTPError):
    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(status)
        self.more = {"detail": detail, **more}


def refused(errors: list[dict[str, str]]) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Some fields are not right", errors=errors)


@contextmanager
def conflicts() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        why = "There is a book with this ISBN, or its author has just been removed"
        raise Problem(HTTPStatus.CONFLICT, why) from None


class BaseHandler(LoggedHandler):
    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Also for exceptions that nobody caught, which Tornado has logged by now."""
        title = HTTPStatus(status_code).phrase
        if status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.set_header("Allow", ", ".join(self.own_methods()))
        if not self.request.path.startswith("/api/"):
            self.render("error.html", title=title)
            return
        error = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        more = error.more if isinstance(error, Problem) else {}
        if status_code == HTTPStatus.UNAUTHORIZED:
            self.set_header("WWW-Authenticate", "Bearer")
        self.set_header("Content-Type", "application/problem+json")
        self.finish(json_encode({"title": title, "status": status_code, **more}))

    def own_methods(self) -> list[str]:
        """Tornado answers the other methods with 405."""

        def is_own(name: str) -> bool:
            return getattr(type(self), name) is not getattr(BaseHandler, name)

        return [method for method in self.SUPPORTED_METHODS if is_own(method.lower())]


class NotFoundHandler(BaseHandler):
    def prepare(self) -> None:
        raise HTTPError(HTTPStatus.NOT_FOUND)


# endregion


# region validation
class ApiHandler(BaseHandler):
    def json_body(self) -> Any:
        try:
            return from_json(self.request.body)
        except ValueError:
            raise Problem(HTTPStatus.BAD_REQUEST, "The body is no JSON") from None

    def validated(self, model: type[BaseModel], given: Any) -> Any:
        try:
            return model.model_validate(given)
        except ValidationError as error:
            errors = [
                {"field": ".".join(map(str, e["loc"])) or "body", "message": e["msg"]}
                for e in error.errors()
            ]
            raise refused(errors) from None

    async def check_author(self, session: AsyncSession, author_id: int) -> None:
        if await session.get(Author, author_id) is None:
            raise refused([{"field": "author_id", "message": "There is no such author"}])


# endregion
