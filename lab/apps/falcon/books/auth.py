# region authentication
from datetime import UTC, datetime, timedelta
from secrets import compare_digest
from typing import Any

import falcon
import jwt
from falcon.asgi import Request, Response

from books.config import Config
from books.schemas import Credentials


class TokenResource:
    def __init__(self, config: Config) -> None:
        self._config = config

    async def on_post(self, req: Request, resp: Response) -> None:
        given = Credentials.model_validate(await req.get_media())
        password = self._config.password.get_secret_value()
        known = compare_digest(given.username.encode(), self._config.editor.encode())
        if not (compare_digest(given.password.encode(), password.encode()) and known):
            raise falcon.HTTPUnauthorized(
                description="The name or the password is wrong.", challenges=["Bearer"]
            )
        seconds = self._config.token_seconds
        claims = {"sub": given.username, "exp": datetime.now(UTC) + timedelta(seconds=seconds)}
        token = jwt.encode(claims, self._config.secret.get_secret_value(), algorithm="HS256")
        resp.media = {"access_token": token, "token_type": "bearer", "expires_in": seconds}


class AuthMiddleware:
    """Put who asks into the request's context, if the request has a valid token."""

    def __init__(self, config: Config) -> None:
        self._key = config.secret.get_secret_value()
        self._editor = config.editor

    async def process_request(self, req: Request, resp: Response) -> None:
        req.context.editor = None
        scheme, _, token = (req.auth or "").partition(" ")
        if scheme.lower() == "bearer":
            try:
                claims = jwt.decode(
                    token,
                    self._key,
                    algorithms=["HS256"],
                    subject=self._editor,
                    options={"require": ["exp", "sub"]},
                )
            except jwt.InvalidTokenError:
                return
            req.context.editor = claims["sub"]


async def authorize(req: Request, resp: Response, resource: Any, params: dict[str, Any]) -> None:
    if req.context.editor is None:
        raise falcon.HTTPUnauthorized(
            description="Send a valid token: Authorization: Bearer …", challenges=["Bearer"]
        )


# endregion
