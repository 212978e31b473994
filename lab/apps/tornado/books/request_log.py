# region deployment
import json
import logging
import re
import sys
from uuid import uuid4
from weakref import WeakSet

from tornado.locks import Condition
from tornado.web import RequestHandler

logger = logging.getLogger("books.requests")


class LoggedHandler(RequestHandler):
    answering: WeakSet["LoggedHandler"] = WeakSet()
    answered = Condition()

    def set_default_headers(self) -> None:
        # Called again for an error, which keeps the id.
        if not hasattr(self, "request_id"):
            given = self.request.headers.get("X-Request-ID", "")
            good = re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given)
            self.request_id = given if good else uuid4().hex
        self.set_header("X-Request-ID", self.request_id)

    def prepare(self) -> None:
        self.answering.add(self)

    def on_finish(self) -> None:
        self.answering.discard(self)
        self.answered.notify_all()


def log_request(handler: LoggedHandler) -> None:
    line = {
        "request_id": handler.request_id,
        "method": handler.request.method,
        "path": handler.request.path,
        "status": handler.get_status(),
        "ms": round(handler.request.request_time() * 1000, 1),
    }
    logger.info(json.dumps(line))


def set_up() -> None:
    logger.propagate = False
    logger.addHandler(logging.StreamHandler(sys.stdout))
    # endregion
