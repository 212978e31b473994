"""What Litestar does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import time
from contextvars import ContextVar

from litestar import Litestar, Response, get
from litestar.background_tasks import BackgroundTask
from litestar.middleware import ASGIMiddleware
from litestar.response import Stream

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
    "headers": [],
    "server": ("testserver", 80),
    "client": ("testclient", 50000),
}


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


def context_variables_do_not_leave_threads():
    """Handlers see what middleware set; middleware sees what they set, except with sync_to_thread=True."""
    variable = ContextVar("variable", default="nobody")
    seen = []

    class Middleware(ASGIMiddleware):
        async def handle(self, scope, receive, send, next_app):
            variable.set("middleware")
            await next_app(scope, receive, send)
            seen.append(variable.get())

    async def async_handler() -> None:
        seen.append(variable.get())
        variable.set("handler")

    def sync_handler() -> None:
        seen.append(variable.get())
        variable.set("handler")

    def what_is_seen(handler):
        seen.clear()
        asyncio.run(request(Litestar([handler], middleware=[Middleware()]), ignore))
        return seen

    assert what_is_seen(get("/")(async_handler)) == ["middleware", "handler"]
    assert what_is_seen(get("/", sync_to_thread=False)(sync_handler)) == ["middleware", "handler"]
    assert what_is_seen(get("/", sync_to_thread=True)(sync_handler)) == ["middleware", "middleware"]


def streams_pass_middleware():
    """With middleware installed, the first piece is sent before the handler's generator makes the second."""

    class Middleware(ASGIMiddleware):
        async def handle(self, scope, receive, send, next_app):
            await next_app(scope, receive, send)

    async def demonstrate():
        arrived, pieces = asyncio.Event(), []

        async def send(message):
            if message.get("body"):
                pieces.append(message["body"])
                arrived.set()

        async def generate():
            yield b"first"
            await asyncio.wait_for(arrived.wait(), PATIENCE)
            yield b"second"

        @get("/")
        async def handler() -> Stream:
            return Stream(generate())

        await request(Litestar([handler], middleware=[Middleware()]), send)
        return pieces

    assert asyncio.run(demonstrate()) == [b"first", b"second"]


def middleware_waits_for_background_tasks():
    """The code of middleware after the next application runs when the background task has ended."""
    happened = []

    def work():
        time.sleep(0.05)
        happened.append("work ended")

    class Middleware(ASGIMiddleware):
        async def handle(self, scope, receive, send, next_app):
            await next_app(scope, receive, send)
            happened.append("middleware ended")

    async def send(message):
        if message["type"] == "http.response.body":
            happened.append("body sent")

    @get("/")
    async def handler() -> Response[None]:
        return Response(None, background=BackgroundTask(work))

    asyncio.run(request(Litestar([handler], middleware=[Middleware()]), send))
    assert happened == ["body sent", "work ended", "middleware ended"]
