# region deployment
import re
import sys
from logging import INFO, Formatter, StreamHandler, getLogger
from time import perf_counter
from uuid import uuid4

from quart import Quart, Response, g, json, request

requests = getLogger("books.requests")


async def begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else str(uuid4())
    g.began = perf_counter()


async def end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    line = {
        "request_id": g.request_id,
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round((perf_counter() - g.began) * 1000, 1),
    }
    requests.info(json.dumps(line))
    return response


def register(app: Quart) -> None:
    lines = StreamHandler(sys.stdout)
    lines.setFormatter(Formatter("%(message)s"))
    requests.handlers, requests.propagate = [lines], False
    requests.setLevel(INFO)
    app.before_request(begin)
    app.after_request(end)
    # endregion
