import json
import logging
import re
import time
import uuid
from functools import partial

import eventlet
from nameko.web.handlers import HttpRequestHandler
from nameko.web.server import WebServer, WsgiApp
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import ClosingIterator

from books.errors import EXPECTED, error_response

logger = logging.getLogger(__name__)


# region deployment
class BooksApp(WsgiApp):
    """Nameko's application, with an id and a line in the log for every request."""

    def __call__(self, environ, start_response):
        started = time.perf_counter()
        request = Request(environ, shallow=True)
        request_id = request.headers.get("X-Request-ID", "")
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", request_id):
            request_id = uuid.uuid4().hex
        self.server.unfinished.add(request)
        try:
            provider, request.path_values = self.url_map.bind_to_environ(environ).match()
            response = provider.handle_request(request)
        except HTTPException as exc:
            response = error_response(request.path, exc)
        status = 101
        if isinstance(response, Response):
            status = response.status_code
            response.headers["X-Request-ID"] = request_id
        else:  # a WebSocket stays open, none waits for its end
            self.server.unfinished.discard(request)
        entry = {
            "request_id": request_id,
            "method": request.method,
            "path": request.path,
            "status": status,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        logger.info(json.dumps(entry))
        done = partial(self.server.unfinished.discard, request)
        return ClosingIterator(response(environ, start_response), done)


class BooksServer(WebServer):
    def __init__(self):
        super().__init__()
        self.unfinished = set()

    def get_wsgi_app(self):
        return BooksApp(self)

    def get_wsgi_server(self, *args, **kwargs):
        server = super().get_wsgi_server(*args, **kwargs)
        server.log_output = False
        return server

    # endregion

    # region authentication
    def context_data_from_headers(self, request):
        authorization = request.authorization
        if authorization and authorization.type == "bearer":
            return {"auth": authorization.token}
        return {}

    # endregion

    # region deployment
    def start(self):
        super().start()
        self.container.spawn_managed_thread(self.wake)

    def wake(self):
        # SIGTERM is handled when eventlet's hub wakes up; that of an idle service sleeps for long.
        while True:
            eventlet.sleep(1)

    def stop(self):
        super().stop()
        # Nameko waits for its workers; what they answered may still be on its way.
        with eventlet.Timeout(5, False):
            while self.unfinished:
                eventlet.sleep(0.05)


# endregion


# region errors
class HttpEntrypoint(HttpRequestHandler):
    server = BooksServer()

    def __init__(self, method, url, expected_exceptions=EXPECTED, **kwargs):
        super().__init__(method, url, expected_exceptions=expected_exceptions, **kwargs)

    def response_from_exception(self, exc):
        return error_response(self.url, exc)


http = HttpEntrypoint.decorator
# endregion
