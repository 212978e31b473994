# region authentication
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from secrets import compare_digest
from typing import Any

import jwt
from flask import abort, current_app, request


def new_token(username: str, password: str) -> dict[str, Any]:
    config = current_app.config
    known = same(username, config["EDITOR"])
    if not (same(password, config["PASSWORD"]) and known):
        abort(401, "The name or the password is wrong.")
    lifetime = timedelta(seconds=config["TOKEN_SECONDS"])
    claims = {"sub": username, "exp": datetime.now(UTC) + lifetime}
    token = jwt.encode(claims, config["SECRET"], algorithm="HS256")
    return {"access_token": token, "token_type": "bearer", "expires_in": config["TOKEN_SECONDS"]}


def same(given: str, wanted: str) -> bool:
    """Take the same time wherever they differ; JSON may hold what is no Unicode."""
    return compare_digest(given.encode(errors="surrogatepass"), wanted.encode())


def token_required(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        given = request.authorization
        if given is None or given.type != "bearer" or not given.token:
            abort(401, "Send a bearer token.")
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
            abort(401, "The token is not valid, or no longer.")
        return view(*args, **kwargs)

    return guarded
    # endregion
