# region authentication
import hmac
import time

import jwt
from masonite.configuration import config
from masonite.controllers import Controller

from books.errors import HttpError
from books.providers.JsonProvider import JsonBody


class TokenController(Controller):
    def store(self, body: JsonBody):
        user = body.parse(dict)
        given = f"{user.get('username')}\n{user.get('password')}".encode()
        wanted = f"{config('books.editor')}\n{config('books.password')}".encode()
        if not hmac.compare_digest(given, wanted):
            raise HttpError(401, "Wrong username or password.")
        seconds = config("books.token_seconds")
        claims = {"sub": user["username"], "exp": int(time.time()) + seconds}
        token = jwt.encode(claims, config("books.secret"), algorithm="HS256")
        return {"access_token": token, "token_type": "bearer", "expires_in": seconds}


# endregion
