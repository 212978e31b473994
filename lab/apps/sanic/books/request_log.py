# region deployment
import json
import re
from logging import getLogger
from time import perf_counter
from types import SimpleNamespace
from uuid import uuid4

import tracerite
from sanic import HTTPResponse, Request, Sanic
from sanic.log import LOGGING_CONFIG_DEFAULTS

logger = getLogger("books.requests")

LOGGING = LOGGING_CONFIG_DEFAULTS | {
    "formatters": LOGGING_CONFIG_DEFAULTS["formatters"] | {"plain": {"format": "%(message)s"}},
    "handlers": LOGGING_CONFIG_DEFAULTS["handlers"]
    | {"requests": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": LOGGING_CONFIG_DEFAULTS["loggers"]
    | {"books.requests": {"level": "INFO", "handlers": ["requests"]}},
}


class LoggedRequest(Request):
    @staticmethod
    def make_context() -> SimpleNamespace:
        return SimpleNamespace(began=perf_counter())

    @property
    def id(self) -> str:
        if not self._id:
            given = self.headers.get("X-Request-ID", "")
            self._id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
        return self._id


async def end(request: Request, response: HTTPResponse) -> None:
    response.headers["X-Request-ID"] = request.id
    line = {
        "request_id": request.id,
        "method": request.method,
        "path": request.path,
        "status": response.status,
        "ms": round((perf_counter() - request.ctx.began) * 1000, 1),
    }
    logger.info(json.dumps(line))


def register(app: Sanic) -> None:
    # To draw the tracebacks of Sanic's command line takes a while, in which nobody is served.
    tracerite.unload()
    # A server that ends waits for connections that are kept alive.
    app.config.KEEP_ALIVE_TIMEOUT = 3
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 6
    app.on_response(end)
    # endregion
