# region deployment
import json
import logging.config
import re
from time import perf_counter
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from books.errors import on_failure

logging.config.dictConfig(
    {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}},
        "loggers": {"books": {"handlers": ["stdout"], "level": "INFO"}},
    }
)
logger = logging.getLogger("books.requests")


class RequestLogMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, started = Request(scope), perf_counter()
        status, written = None, False
        given = request.headers.get("X-Request-ID", "")
        request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
        request.state["request_id"] = request_id

        def write_line() -> None:
            nonlocal written
            written = True
            ms = round((perf_counter() - started) * 1000, 1)
            line = {"request_id": request_id, "method": request.method, "path": scope["path"]}
            logger.info(json.dumps({**line, "status": status, "ms": ms}))

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                write_line()

        try:
            await self.app(scope, receive, send_with_id)
        except Exception:
            if status is not None:
                raise
            await on_failure(request)(scope, receive, send_with_id)
        finally:
            if not written:  # the client has left
                write_line()


# endregion
