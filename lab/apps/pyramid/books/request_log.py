# region deployment
import json
import logging
import re
from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response

log = logging.getLogger(__name__)


def request_log_tween_factory(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    def request_log_tween(request: Request) -> Response:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else str(uuid4())
        began = perf_counter()
        response = handler(request)
        response.headers["X-Request-ID"] = request_id
        line = {
            "request_id": request_id,
            "method": request.method,
            # What is not UTF-8 is logged, too; request.path_info would fail.
            "path": request.environ["PATH_INFO"].encode("latin-1").decode(errors="replace"),
            "status": response.status_int,
            "ms": round((perf_counter() - began) * 1000, 1),
        }
        log.info(json.dumps(line))
        return response

    return request_log_tween


# endregion
