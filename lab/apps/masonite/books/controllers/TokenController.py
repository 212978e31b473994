# region authentication
import hmac
import time

import jwt
from masonite.configuration import config
from masonite.controllers import Controller

from books.errors import HttpError
from books.providers.JsonProvider import JsonBody


def same(given, wanted):
    if not isinstance(given, str):
        return False
    # JSON may have half of a surrogate pair, which has no encoding otherwise.
    given, wanted = (text.encode("utf-8", "surrogatepass") for text in (given, wanted))
    return hmac.compare_digest(given, wanted)


class TokenController(Controller):
    def store(self, body: JsonBody):
        user = body.parse(dict)
        known = same(user.get("username"), config("books.editor"))
        if not (same(user.get("password"), config("books.password")) and known):
            headers = {"WWW-Authenticate": "Bearer"}
            raise HttpError(401, "Wrong username or password.", headers)
        seconds = config("books.token_seconds")
        claims = {"sub": user["username"], "exp": int(time.time()) + seconds}
        token = jwt.encode(claims, config("books.secret"), algorithm="HS256")
        return {"access_token": token, "token_type": "bearer", "expires_in": seconds}


# endregion
