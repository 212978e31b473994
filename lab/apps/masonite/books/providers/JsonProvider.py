import io
import json

from masonite.providers import Provider
from masonite.response import Response

from books.errors import HttpError


# region errors
class JsonBody:
    def __init__(self, content):
        self.content = content

    def parse(self, kind):
        try:
            value = json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "The body is no JSON.") from error
        if not isinstance(value, kind):
            raise HttpError(400, "The body is JSON of another kind than is wanted.")
        return value


class JsonProvider(Provider):
    """Keeps the body, of which Masonite's own request takes JSON objects only."""

    def __init__(self, application):
        self.application = application

    def register(self):
        pass

    def boot(self):
        environ = self.application.make("environ")
        # Masonite binds it later; an error before that is answered with this one.
        self.application.bind("response", Response(self.application))
        # A body in chunks has no length.
        whole = environ.get("wsgi.input_terminated")
        length = -1 if whole else int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        self.application.bind("json", JsonBody(body))
        environ |= {"wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0", "CONTENT_TYPE": ""}


# endregion
