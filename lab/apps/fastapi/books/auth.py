# region authentication
from datetime import UTC, datetime, timedelta
from secrets import compare_digest
from typing import Annotated

import jwt
from fastapi import APIRouter, Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

from books.errors import problems
from books.settings import SettingsDep

router = APIRouter(prefix="/api", tags=["authentication"])
bearer = HTTPBearer(bearerFormat="JWT")
ALGORITHM = "HS256"


class Login(BaseModel):
    username: str = Field(max_length=200)
    password: str = Field(max_length=200)


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"  # noqa: S105
    expires_in: int


def unauthorized(detail: str) -> HTTPException:
    return HTTPException(401, detail, headers={"WWW-Authenticate": "Bearer"})


@router.post("/token", responses=problems(400, 401, 422))
def create_token(login: Login, settings: SettingsDep) -> Token:
    known = compare_digest(login.username.encode(), settings.editor.encode())
    password = settings.password.get_secret_value()
    if not (compare_digest(login.password.encode(), password.encode()) and known):
        raise unauthorized("The name or the password is wrong.")
    expires = datetime.now(UTC) + timedelta(seconds=settings.token_seconds)
    claims = {"sub": login.username, "exp": expires}
    token = jwt.encode(claims, settings.secret.get_secret_value(), algorithm=ALGORITHM)
    return Token(access_token=token, expires_in=settings.token_seconds)


def require_editor(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], settings: SettingsDep
) -> None:
    try:
        jwt.decode(
            credentials.credentials,
            settings.secret.get_secret_value(),
            algorithms=[ALGORITHM],
            subject=settings.editor,
            options={"require": ["exp", "sub"]},
        )
    except jwt.InvalidTokenError:
        raise unauthorized("The token is not valid, or no longer.") from None


editors_only = [Depends(require_editor)]
# endregion
