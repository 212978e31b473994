# region deployment
import json
import logging
import re
from time import perf_counter
from typing import Any
from uuid import uuid4

from falcon.asgi import Request, Response

log = logging.getLogger(__name__)


class RequestLogMiddleware:
    async def process_request(self, req: Request, resp: Response) -> None:
        given = req.get_header("X-Request-ID", default="")
        known = re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given)
        req.context.request_id = given if known else str(uuid4())
        req.context.began = perf_counter()
        resp.set_header("X-Request-ID", req.context.request_id)

    async def process_response(
        self, req: Request, resp: Response, resource: Any, req_succeeded: bool
    ) -> None:
        line = {
            "request_id": req.context.request_id,
            "method": req.method,
            "path": req.path,
            "status": resp.status_code,
            "ms": round((perf_counter() - req.context.began) * 1000, 1),
        }
        log.info(json.dumps(line))


# endregion
