# region authentication
import hmac
import time

import jwt
from nameko.extensions import DependencyProvider
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized


def unauthorized(description):
    return Unauthorized(description, www_authenticate=WWWAuthenticate("bearer"))


def same(given, wanted):
    # JSON may have half of a surrogate pair, which has no encoding otherwise.
    given, wanted = (text.encode("utf-8", "surrogatepass") for text in (given, wanted))
    return hmac.compare_digest(given, wanted)


class Auth(DependencyProvider):
    class Api:
        def __init__(self, config, token):
            self.config = config
            self.token = token

        def authenticate(self, username, password):
            known = same(username, self.config["BOOKS_EDITOR"])
            if not (same(password, self.config["BOOKS_PASSWORD"]) and known):
                raise unauthorized("Wrong username or password.")
            expires = int(time.time()) + self.config["BOOKS_TOKEN_SECONDS"]
            payload = {"sub": username, "exp": expires}
            return jwt.encode(payload, self.config["BOOKS_SECRET"], algorithm="HS256")

        def check(self):
            try:
                jwt.decode(
                    self.token or "",
                    self.config["BOOKS_SECRET"],
                    algorithms=["HS256"],
                    subject=self.config["BOOKS_EDITOR"],
                    options={"require": ["sub", "exp"]},
                )
            except jwt.InvalidTokenError:
                raise unauthorized("A valid token is wanted.") from None

    def get_dependency(self, worker_ctx):
        return Auth.Api(worker_ctx.config, worker_ctx.context_data.get("auth"))


# endregion
