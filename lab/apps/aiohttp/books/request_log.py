# region deployment
import json
import re
from uuid import uuid4

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from aiohttp.typedefs import Handler

request_id_key = web.RequestKey("request_id_key", str)


@web.middleware
async def request_ids(request: web.Request, handler: Handler) -> web.StreamResponse:
    given = request.headers.get("X-Request-ID", "")
    request[request_id_key] = given if re.fullmatch("[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
    return await handler(request)


async def send_request_id(request: web.Request, response: web.StreamResponse) -> None:
    """Also where a response is sent piece by piece, and out of the reach of a middleware."""
    response.headers["X-Request-ID"] = request[request_id_key]


class RequestLog(AbstractAccessLogger):
    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        line = {
            "request_id": response.headers.get("X-Request-ID"),
            "method": request.method,
            "path": request.path,
            "status": response.status,
            "ms": round(time * 1000, 1),
        }
        self.logger.info(json.dumps(line))
        # endregion
