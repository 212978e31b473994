# region authentication
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from ninja import Router
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from .errors import problems
from .schemas import Credentials, TokenOut

router = Router()


class EditorToken(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        try:
            claims = jwt.decode(
                token,
                settings.SECRET_KEY,
                algorithms=["HS256"],
                subject=settings.BOOKS_EDITOR,
                options={"require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError:
            return None
        return claims["sub"]


@router.post("/token", response=TokenOut, openapi_extra=problems(400, 401, 422))
def create_token(request: HttpRequest, credentials: Credentials) -> dict[str, Any]:
    known = constant_time_compare(credentials.username, settings.BOOKS_EDITOR)
    if not (constant_time_compare(credentials.password, settings.BOOKS_PASSWORD) and known):
        raise AuthenticationError(message="The name or the password is wrong.")
    expires = datetime.now(UTC) + timedelta(seconds=settings.BOOKS_TOKEN_SECONDS)
    claims = {"sub": credentials.username, "exp": expires}
    token = jwt.encode(claims, settings.SECRET_KEY, algorithm="HS256")
    return {
        "access_token": token,
        "token_type": "bearer",
        "expires_in": settings.BOOKS_TOKEN_SECONDS,
    }


# endregion
