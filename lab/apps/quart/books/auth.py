# region authentication
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from secrets import compare_digest
from typing import Any, NoReturn

import jwt
from quart import abort, current_app, request
from quart_schema import security_scheme

from books.errors import problem
from books.schemas import Credentials


def unauthorized(detail: str) -> NoReturn:
    response = problem(401, detail)
    response.headers["WWW-Authenticate"] = "Bearer"
    abort(response)


def new_token(given: Credentials) -> dict[str, object]:
    config = current_app.config
    known = same(given.username, config["EDITOR"])
    if not (same(given.password, config["PASSWORD"]) and known):
        unauthorized("The name or the password is wrong.")
    seconds = config["TOKEN_SECONDS"]
    claims = {"sub": given.username, "exp": datetime.now(UTC) + timedelta(seconds=seconds)}
    token = jwt.encode(claims, config["SECRET"], algorithm="HS256")
    return {"access_token": token, "token_type": "bearer", "expires_in": seconds}


def same(given: str, wanted: str) -> bool:
    """Take the same time wherever they differ; JSON may hold what is no Unicode."""
    return compare_digest(given.encode(errors="surrogatepass"), wanted.encode())


def token_required(view: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(view)
    async def guarded(*args: Any, **kwargs: Any) -> Any:
        given = request.authorization
        if given is None or given.type != "bearer" or not given.token:
            unauthorized("Send a bearer token.")
        config, required = current_app.config, {"require": ["exp", "sub"]}
        try:
            jwt.decode(
                given.token,
                config["SECRET"],
                algorithms=["HS256"],
                subject=config["EDITOR"],
                options=required,
            )
        except jwt.InvalidTokenError:
            unauthorized("The token is not valid.")
        return await view(*args, **kwargs)

    return security_scheme([{"bearer": []}])(guarded)


# endregion
