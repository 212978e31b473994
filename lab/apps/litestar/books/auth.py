# region authentication
from dataclasses import dataclass
from datetime import timedelta
from secrets import compare_digest
from typing import Any

from litestar import post
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.exceptions import NotAuthorizedException
from litestar.middleware.authentication import AuthenticationResult
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import JSONBody, SkipValidation
from litestar.security.jwt import JWTAuth, Token
from litestar.security.jwt.middleware import JWTAuthenticationMiddleware

from books.errors import problems
from books.settings import Settings


@dataclass
class Login:
    username: str
    password: str


@dataclass
class AccessToken:
    access_token: str
    expires_in: int
    token_type: str = "bearer"  # noqa: S105


class BearerMiddleware(JWTAuthenticationMiddleware):
    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        scheme, _, token = connection.headers.get(self.auth_header, "").partition(" ")
        if scheme.lower() != "bearer":
            raise NotAuthorizedException("A bearer token is needed")
        return await self.authenticate_token(token, connection)


class BearerAuth(JWTAuth[str, Token]):
    @property
    def openapi_components(self) -> Components:
        # Litestar gives the scheme a name as well, which OpenAPI allows for API keys only.
        scheme = SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")
        return Components(security_schemes={self.openapi_security_scheme_name: scheme})


def create_auth(settings: Settings) -> BearerAuth:
    async def retrieve_user(token: Token, connection: ASGIConnection[Any, Any, Any, Any]) -> str:
        if token.sub != settings.editor:
            raise NotAuthorizedException("The token is of somebody who may not write")
        return token.sub

    return BearerAuth(
        retrieve_user_handler=retrieve_user,
        token_secret=settings.secret,
        default_token_expiration=timedelta(seconds=settings.token_seconds),
        require_claims=["exp", "sub"],
        exclude_http_methods=["GET", "HEAD", "OPTIONS"],
        scopes={ScopeType.HTTP},
        authentication_middleware_class=BearerMiddleware,
    )


@post("/token", status_code=200, exclude_from_auth=True, responses=problems(400, 401, 413, 422))
async def create_token(
    data: JSONBody[Login],
    settings: NamedDependency[Settings],
    auth: NamedDependency[SkipValidation[BearerAuth]],
) -> AccessToken:
    right_name = compare_digest(data.username.encode(), settings.editor.encode())
    right_password = compare_digest(data.password.encode(), settings.password.encode())
    if not (right_name and right_password):
        raise NotAuthorizedException("The name or the password is wrong")
    return AccessToken(auth.create_token(data.username), settings.token_seconds)


# endregion
