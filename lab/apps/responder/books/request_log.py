# region deployment
import json
import logging
import re
import sys

from responder.ext.logging import RequestContextFilter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send


class JSONFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"request_id": record.request_id}
        if record.name == "responder.access":
            _, _, status, ms = record.args
            line |= {"method": record.request_method, "path": record.request_path}
            return json.dumps({**line, "status": status, "ms": round(ms, 1)})
        return json.dumps({**line, "level": record.levelname, "message": super().format(record)})


class RequestIDPolicy:
    """Responder takes over any visible characters as the id of a request; here, only harmless."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = MutableHeaders(scope=scope)
            if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", headers.get("X-Request-ID", "")):
                del headers["X-Request-ID"]
        await self.app(scope, receive, send)


lines = logging.StreamHandler(sys.stdout)
lines.addFilter(RequestContextFilter())
lines.setFormatter(JSONFormatter())
logging.getLogger().addHandler(lines)
# endregion
