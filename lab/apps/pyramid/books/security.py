# region authentication
from datetime import UTC, datetime, timedelta
from secrets import compare_digest
from typing import Any

import jwt
from pyramid.config import Configurator
from pyramid.request import Request, RequestLocalCache
from pyramid.security import Allowed, Denied


class TokenSecurityPolicy:
    """The editor, who has a valid token, may do everything."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.identity_cache = RequestLocalCache(self.load_identity)

    def load_identity(self, request: Request) -> str | None:
        scheme, token = request.authorization or (None, None)
        if scheme is None or scheme.lower() != "bearer":
            return None
        try:
            claims = jwt.decode(
                token,
                self.settings["books.secret"],
                algorithms=["HS256"],
                subject=self.settings["books.editor"],
                options={"require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError:
            return None
        return claims["sub"]

    def identity(self, request: Request) -> str | None:
        return self.identity_cache.get_or_create(request)

    def authenticated_userid(self, request: Request) -> str | None:
        return self.identity(request)

    def permits(self, request: Request, context: object, permission: str) -> Allowed | Denied:
        if self.identity(request) is None:
            return Denied("There is no valid token.")
        return Allowed("There is a valid token.")


def new_token(settings: dict[str, Any], username: str, password: str) -> dict[str, Any] | None:
    """Return a token, or None where the name or the password is wrong."""
    known = compare_digest(username.encode(), settings["books.editor"].encode())
    if not (compare_digest(password.encode(), settings["books.password"].encode()) and known):
        return None
    seconds = settings["books.token_seconds"]
    claims = {"sub": username, "exp": datetime.now(UTC) + timedelta(seconds=seconds)}
    token = jwt.encode(claims, settings["books.secret"], algorithm="HS256")
    return {"access_token": token, "token_type": "bearer", "expires_in": seconds}


def includeme(config: Configurator) -> None:
    config.set_security_policy(TokenSecurityPolicy(config.get_settings()))
    # endregion
