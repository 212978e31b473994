# region authentication
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from secrets import compare_digest
from typing import Any

import jwt
from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import Unauthorized
from sanic.response import json
from sanic_ext import openapi, validate

from books.document import answers, content
from books.schemas import Login, Token

Handler = Callable[..., Awaitable[HTTPResponse]]

auth = Blueprint("auth")


@auth.post("/token")
@openapi.definition(body=content(Login), response=answers(200, content(Token), 400, 401, 413, 422))
@validate(json=Login)
async def create_token(request: Request, body: Login) -> HTTPResponse:
    config = request.app.config
    right_name = compare_digest(body.username.encode(), config.EDITOR.encode())
    right_password = compare_digest(body.password.encode(), config.PASSWORD.encode())
    if not (right_name and right_password):
        raise Unauthorized("The name or the password is wrong", scheme="Bearer")
    expires = datetime.now(UTC) + timedelta(seconds=config.TOKEN_SECONDS)
    claims = {"sub": body.username, "exp": expires}
    token = jwt.encode(claims, config.SECRET, algorithm="HS256")
    return json({"access_token": token, "token_type": "bearer", "expires_in": config.TOKEN_SECONDS})


def protected(handler: Handler) -> Handler:
    @wraps(handler)
    async def checked(request: Request, *args: Any, **kwargs: Any) -> HTTPResponse:
        # request.token takes the schemes "Token" and "Bearer" for the same.
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthorized("A bearer token is needed", scheme="Bearer")
        try:
            jwt.decode(
                token,
                request.app.config.SECRET,
                algorithms=["HS256"],
                subject=request.app.config.EDITOR,
                options={"require": ["exp", "sub"]},
            )
        except (jwt.InvalidTokenError, UnicodeEncodeError):
            raise Unauthorized("The token does not hold", scheme="Bearer") from None
        return await handler(request, *args, **kwargs)

    return checked


# endregion
