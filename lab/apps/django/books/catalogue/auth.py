# region authentication
from datetime import UTC, datetime, timedelta
from functools import wraps

import jwt
from django.conf import settings
from django.utils.crypto import constant_time_compare

from .errors import problem


def authenticate(username, password):
    known = constant_time_compare(username, settings.BOOKS_EDITOR)
    return constant_time_compare(password, settings.BOOKS_PASSWORD) and known


def create_token(username):
    expires = datetime.now(UTC) + timedelta(seconds=settings.BOOKS_TOKEN_SECONDS)
    return jwt.encode({"sub": username, "exp": expires}, settings.SECRET_KEY, algorithm="HS256")


def unauthorized(detail):
    return problem(401, detail, headers={"WWW-Authenticate": "Bearer"})


def token_required(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return unauthorized("Send a bearer token.")
        try:
            jwt.decode(
                token.strip(),
                settings.SECRET_KEY,
                algorithms=["HS256"],
                subject=settings.BOOKS_EDITOR,
                options={"require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError:
            return unauthorized("The token is not valid, or no longer.")
        return view(request, *args, **kwargs)

    return guarded


# endregion
