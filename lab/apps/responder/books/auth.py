# region authentication
from datetime import UTC, datetime, timedelta
from secrets import compare_digest
from typing import Any

import jwt
from pydantic import BaseModel, Field
from responder import Request, Response, Router, abort
from responder.ext.auth import JWTAuth

from books.errors import PROBLEM
from books.settings import settings

router = Router(tags=["authentication"])


def is_editor(claims: dict[str, Any]) -> bool:
    return claims.get("sub") == settings.editor


editor = JWTAuth(settings.secret.get_secret_value(), verify=is_editor)


class Login(BaseModel):
    username: str = Field(max_length=200)
    password: str = Field(max_length=200)


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"  # noqa: S105
    expires_in: int


@router.post("/token", responses={401: PROBLEM})
def create_token(req: Request, resp: Response, *, login: Login) -> Token:
    known = compare_digest(login.username.encode(), settings.editor.encode())
    password = settings.password.get_secret_value()
    if not (compare_digest(login.password.encode(), password.encode()) and known):
        challenge = {"WWW-Authenticate": "Bearer"}
        abort(401, detail="The name or the password is wrong.", headers=challenge)
    expires = datetime.now(UTC) + timedelta(seconds=settings.token_seconds)
    claims = {"sub": login.username, "exp": expires}
    token = jwt.encode(claims, settings.secret.get_secret_value(), algorithm="HS256")
    return Token(access_token=token, expires_in=settings.token_seconds)


# endregion
