# region authentication
from datetime import UTC, datetime, timedelta
from secrets import compare_digest

import jwt
from starlette.authentication import AuthCredentials, AuthenticationBackend, SimpleUser
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from books import settings
from books.schemas import Login, ModelResponse, Token


class BearerBackend(AuthenticationBackend):
    """Who sends no token that holds may go on: @requires refuses where one is needed."""

    async def authenticate(self, conn: HTTPConnection) -> tuple[AuthCredentials, SimpleUser] | None:
        scheme, _, token = conn.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            jwt.decode(
                token,
                str(settings.SECRET),
                algorithms=["HS256"],
                subject=settings.EDITOR,
                options={"require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError:
            return None
        return AuthCredentials(["authenticated"]), SimpleUser(settings.EDITOR)


async def create_token(request: Request) -> Response:
    """
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: "#/components/schemas/Login"}}}
    responses:
      200: {$ref: "#/components/responses/Token"}
      400: {$ref: "#/components/responses/Problem"}
      401: {$ref: "#/components/responses/Problem"}
      422: {$ref: "#/components/responses/Problem"}
    """
    login = Login.model_validate_json(await request.body())
    known = compare_digest(login.username.encode(), settings.EDITOR.encode())
    if not (compare_digest(login.password.encode(), str(settings.PASSWORD).encode()) and known):
        raise HTTPException(401, "The name or the password is wrong.")
    expires = datetime.now(UTC) + timedelta(seconds=settings.TOKEN_SECONDS)
    claims = {"sub": login.username, "exp": expires}
    token = jwt.encode(claims, str(settings.SECRET), algorithm="HS256")
    return ModelResponse(Token(access_token=token, expires_in=settings.TOKEN_SECONDS))


# endregion
