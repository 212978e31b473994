"""What Starlette does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import time
from contextvars import ContextVar

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

PATIENCE = 5
"""Seconds after which a wait counts as lost."""
SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "path": "/",
    "raw_path": b"/",
    "root_path": "",
    "query_string": b"",
    "headers": [(b"accept-encoding", b"gzip")],
    "server": ("testserver", 80),
    "client": ("testclient", 50000),
}
variable = ContextVar("variable", default="nobody")
seen = []


async def request(app, send):
    """Give the application one GET request for `/`, and what it sends to `send`; then disconnect."""
    messages, complete = iter([{"type": "http.request", "body": b"", "more_body": False}]), asyncio.Event()

    async def receive():
        for message in messages:
            return message
        await complete.wait()
        return {"type": "http.disconnect"}

    async def send_on(message):
        await send(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            complete.set()

    await app(dict(SCOPE), receive, send_on)


async def ignore(message):
    """Take a message and do nothing with it."""


class PureMiddleware:
    """Pure ASGI middleware."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """Set the variable, call the application, read the variable."""
        variable.set("middleware")
        await self.app(scope, receive, send)
        seen.append(variable.get())


class RequestMiddleware(BaseHTTPMiddleware):
    """Middleware of the style of BaseHTTPMiddleware."""

    async def dispatch(self, request, call_next):
        """Set the variable, call the next layer, read the variable."""
        variable.set("middleware")
        response = await call_next(request)
        seen.append(variable.get())
        return response


async def _async_handler(request):
    """Read the variable and set it."""
    seen.append(variable.get())
    variable.set("handler")
    return PlainTextResponse("")


def _sync_handler(request):
    """Read the variable and set it, in a thread."""
    seen.append(variable.get())
    variable.set("handler")
    return PlainTextResponse("")


def what_is_seen(handler, middleware):
    """Return what the handler and then the middleware see."""
    seen.clear()
    asyncio.run(request(Starlette(routes=[Route("/", handler)], middleware=[Middleware(middleware)]), ignore))
    return seen


def context_variables_come_back_in_one_case():
    """Every handler sees what middleware set; only pure middleware around an async handler sees what that one set."""
    assert what_is_seen(_async_handler, PureMiddleware) == ["middleware", "handler"]
    assert what_is_seen(_sync_handler, PureMiddleware) == ["middleware", "middleware"]
    assert what_is_seen(_async_handler, RequestMiddleware) == ["middleware", "middleware"]
    assert what_is_seen(_sync_handler, RequestMiddleware) == ["middleware", "middleware"]


def streams_pass_middleware():
    """With either style of middleware, and with GZip, a first piece is sent before the handler makes the second."""

    async def demonstrate(middleware):
        arrived, pieces = asyncio.Event(), []

        async def send(message):
            if message.get("body"):
                pieces.append(message["body"])
                arrived.set()

        async def generate():
            yield b"first" * 1000
            await asyncio.wait_for(arrived.wait(), PATIENCE)
            yield b"second"

        async def handler(request):
            return StreamingResponse(generate(), media_type="text/plain")

        await request(Starlette(routes=[Route("/", handler)], middleware=[Middleware(middleware)]), send)
        return len(pieces) > 1

    assert all(asyncio.run(demonstrate(one)) for one in (PureMiddleware, RequestMiddleware, GZipMiddleware))


def asgi_middleware_waits_for_background_tasks():
    """Pure ASGI middleware ends after the background task; the code after call_next runs before it."""
    happened = []

    def work():
        time.sleep(0.05)
        happened.append("work ended")

    async def handler(request):
        return PlainTextResponse("", background=BackgroundTask(work))

    class Outer(PureMiddleware):
        async def __call__(self, scope, receive, send):
            await self.app(scope, receive, send)
            happened.append("pure middleware ended")

    class Inner(BaseHTTPMiddleware):
        async def dispatch(self, request, call_next):
            response = await call_next(request)
            happened.append("code after call_next")
            return response

    app = Starlette(routes=[Route("/", handler)], middleware=[Middleware(Outer), Middleware(Inner)])
    asyncio.run(request(app, ignore))
    assert happened == ["code after call_next", "work ended", "pure middleware ended"]
