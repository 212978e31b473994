# region authentication
from datetime import UTC, datetime, timedelta
from functools import wraps
from secrets import compare_digest

import jwt
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from books.settings import Settings, settings_key


def new_token(settings: Settings, username: str) -> str:
    expires = datetime.now(UTC) + timedelta(seconds=settings.token_seconds)
    return jwt.encode({"sub": username, "exp": expires}, settings.secret, algorithm="HS256")


def is_editor(settings: Settings, username: str, password: str) -> bool:
    known = compare_digest(username.encode(), settings.editor.encode())
    return compare_digest(password.encode(), settings.password.encode()) and known


def unauthorized(text: str) -> web.HTTPUnauthorized:
    return web.HTTPUnauthorized(text=text, headers={hdrs.WWW_AUTHENTICATE: "Bearer"})


def token_required(handler: Handler) -> Handler:
    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if scheme.lower() != "bearer":
            raise unauthorized("Send a bearer token.")
        settings = request.config_dict[settings_key]
        try:
            jwt.decode(
                token,
                settings.secret,
                algorithms=["HS256"],
                subject=settings.editor,
                options={"require": ["exp", "sub"]},
            )
        except (jwt.InvalidTokenError, UnicodeEncodeError):
            raise unauthorized("The token is not valid, or no longer.") from None
        return await handler(request)

    return guarded
    # endregion
