# region authentication
import jwt
from masonite.configuration import config
from masonite.middleware import Middleware

from books.errors import HttpError


class TokenMiddleware(Middleware):
    def before(self, request, response):
        scheme, _, token = (request.header("Authorization") or "").partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise jwt.InvalidTokenError
            jwt.decode(
                token,
                config("books.secret"),
                algorithms=["HS256"],
                subject=config("books.editor"),
                options={"require": ["sub", "exp"]},
            )
        except jwt.InvalidTokenError as error:
            headers = {"WWW-Authenticate": "Bearer"}
            raise HttpError(401, "A valid token is wanted.", headers) from error
        return request

    def after(self, request, response):
        return request


# endregion
