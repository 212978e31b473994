import io
import json
import logging
import re
import time
import uuid

from masonite.foundation import response_handler as masonite_response_handler

from books.turns import turn

logger = logging.getLogger("books.requests")


# region deployment
def response_handler(environ, start_response):
    """Masonite's handler, with an id and a line in the log for every request."""
    started, method = time.perf_counter(), environ["REQUEST_METHOD"]
    request_id = environ.get("HTTP_X_REQUEST_ID", "")
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", request_id):
        request_id = uuid.uuid4().hex

    # Middleware would not see the requests that no route answers.
    def start(status, headers):
        entry = {
            "request_id": request_id,
            "method": method,
            "path": environ["PATH_INFO"],
            "status": int(status.split()[0]),
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        logger.info(json.dumps(entry))
        return start_response(status, [*headers, ("X-Request-ID", request_id)])

    # Masonite answers HEAD with 204, and with 500 where a controller returns a dictionary.
    environ["REQUEST_METHOD"] = "GET" if method == "HEAD" else method
    # Nobody waits for a client that sends or reads slowly.
    environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read())
    with turn:
        (content,) = masonite_response_handler(environ, start)
    body = body_of(content)
    if method != "HEAD":
        return body
    if hasattr(body, "close"):
        body.close()
    return []


# endregion


# region streaming
def body_of(content):
    """Leave it to the server to iterate over what Masonite has not joined to bytes."""
    return [content] if isinstance(content, bytes) else content


# endregion
