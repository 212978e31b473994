# region authentication
from datetime import UTC, datetime, timedelta
from secrets import compare_digest

import jwt
from starlette.authentication import AuthCredentials, AuthenticationBackend, SimpleUser
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from books import settings
from books.schemas import Login, json_of


class BearerBackend(AuthenticationBackend):
    """Who sends no token that holds may go on: @requires refuses where one is needed."""

    async def authenticate(self, conn: HTTPConnection) -> tuple[AuthCredentials, SimpleUser] | None:
        scheme, _, token = conn.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        required = {"require": ["exp", "sub"]}
        try:
            claims = jwt.decode(token, str(settings.SECRET), algorithms=["HS256"], options=required)
        except jwt.InvalidTokenError:
            return None
        return AuthCredentials(["authenticated"]), SimpleUser(claims["sub"])


async def create_token(request: Request) -> Response:
    login = Login.model_validate(await json_of(request))
    known = compare_digest(login.username.encode(), settings.EDITOR.encode())
    if not (compare_digest(login.password.encode(), str(settings.PASSWORD).encode()) and known):
        raise HTTPException(401, "The name or the password is wrong.")
    expires = datetime.now(UTC) + timedelta(seconds=settings.TOKEN_SECONDS)
    claims = {"sub": login.username, "exp": expires}
    token = jwt.encode(claims, str(settings.SECRET), algorithm="HS256")
    return JSONResponse(
        {"access_token": token, "token_type": "bearer", "expires_in": settings.TOKEN_SECONDS}
    )


# endregion
