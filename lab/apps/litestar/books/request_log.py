# region deployment
import json
import logging
import re
from time import perf_counter
from uuid import uuid4

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.logging import LoggingConfig
from litestar.middleware import ASGIMiddleware
from litestar.plugins.problem_details import ProblemDetailsException
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from books.errors import CLIENT_ERRORS

logger = logging.getLogger("books.requests")
logging_config = LoggingConfig(
    formatters={
        "standard": {"format": "%(levelname)s %(name)s %(message)s"},
        "plain": {"format": "%(message)s"},
    },
    handlers={"plain": {"class": "logging.StreamHandler", "formatter": "plain"}},
    loggers={"books.requests": {"level": "INFO", "handlers": ["plain"], "propagate": False}},
    root={"level": "WARNING", "handlers": ["queue_listener"]},
    log_exceptions="always",
    disable_stack_trace={400, 401, 404, 405, 413, ProblemDetailsException, *CLIENT_ERRORS},
)


class RequestLog(ASGIMiddleware):
    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        given = Headers.from_scope(scope).get("X-Request-ID", "")
        request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
        path, began = scope["path"], perf_counter()

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableScopeHeaders.from_message(message)["X-Request-ID"] = request_id
                line = {
                    "request_id": request_id,
                    "method": scope["method"],
                    "path": path,
                    "status": message["status"],
                    "ms": round((perf_counter() - began) * 1000, 1),
                }
                logger.info(json.dumps(line))
            await send(message)

        await next_app(scope, receive, send_with_id)
        # endregion
