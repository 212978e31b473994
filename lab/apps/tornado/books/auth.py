# region authentication
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from secrets import compare_digest

import jwt
from pydantic import BaseModel

from books.base import ApiHandler, Problem


class Login(BaseModel):
    username: str
    password: str


class TokenHandler(ApiHandler):
    def post(self) -> None:
        login, config = self.validated(Login, self.json_body()), self.application.config
        right_name = compare_digest(login.username.encode(), config.editor.encode())
        right_password = compare_digest(login.password.encode(), config.password.encode())
        if not (right_name and right_password):
            raise Problem(HTTPStatus.UNAUTHORIZED, "The name or the password is wrong")
        expires = datetime.now(UTC) + timedelta(seconds=config.token_seconds)
        claims = {"sub": login.username, "exp": expires}
        token = jwt.encode(claims, config.secret, algorithm="HS256")
        self.write(
            {"access_token": token, "token_type": "bearer", "expires_in": config.token_seconds}
        )


class EditableHandler(ApiHandler):
    """Everybody may read; writing wants a token."""

    def prepare(self) -> None:
        super().prepare()
        if self.request.method in ("POST", "PATCH", "DELETE") and not self.current_user:
            raise Problem(HTTPStatus.UNAUTHORIZED, "A token that holds is needed")

    def get_current_user(self) -> str | None:
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        config = self.application.config
        try:
            claims = jwt.decode(
                token,
                config.secret,
                algorithms=["HS256"],
                subject=config.editor,
                options={"require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError:
            return None
        return claims["sub"]


# endregion
