"""What FastAPI does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import time
from contextlib import asynccontextmanager
from contextvars import ContextVar
from threading import Barrier, BrokenBarrierError

from fastapi import BackgroundTasks, FastAPI
from fastapi.responses import StreamingResponse

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


class AsgiMiddleware:
    """Middleware of the ASGI style."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """Set the variable, call the application, read the variable."""
        variable.set("middleware")
        await self.app(scope, receive, send)
        seen.append(variable.get())


async def http_middleware(request, call_next):
    """Middleware of the style of `@app.middleware("http")`."""
    variable.set("middleware")
    response = await call_next(request)
    seen.append(variable.get())
    return response


async def _async_handler():
    """Read the variable and set it."""
    seen.append(variable.get())
    variable.set("handler")


def _sync_handler():
    """Read the variable and set it, in a thread."""
    seen.append(variable.get())
    variable.set("handler")


def what_is_seen(handler, *, asgi):
    """Return what the handler and then the middleware see."""
    seen.clear()
    app = FastAPI()
    app.get("/")(handler)
    app.add_middleware(AsgiMiddleware) if asgi else app.middleware("http")(http_middleware)
    asyncio.run(request(app, ignore))
    return seen


def context_variables_come_back_in_one_case():
    """Every handler sees what middleware set; only ASGI middleware around an async handler sees what that one set."""
    assert what_is_seen(_async_handler, asgi=True) == ["middleware", "handler"]
    assert what_is_seen(_sync_handler, asgi=True) == ["middleware", "middleware"]
    assert what_is_seen(_async_handler, asgi=False) == ["middleware", "middleware"]
    assert what_is_seen(_sync_handler, asgi=False) == ["middleware", "middleware"]


def streams_pass_middleware():
    """With either style of middleware, the first piece is sent before the handler makes the second."""

    async def demonstrate(add):
        arrived, pieces = asyncio.Event(), []

        async def send(message):
            if message.get("body"):
                pieces.append(message["body"])
                arrived.set()

        async def generate():
            yield b"first"
            await asyncio.wait_for(arrived.wait(), PATIENCE)
            yield b"second"

        app = FastAPI()
        app.get("/")(lambda: StreamingResponse(generate()))
        add(app)
        await request(app, send)
        return pieces

    assert asyncio.run(demonstrate(lambda app: app.add_middleware(AsgiMiddleware))) == [b"first", b"second"]
    assert asyncio.run(demonstrate(lambda app: app.middleware("http")(http_middleware))) == [b"first", b"second"]


def asgi_middleware_waits_for_background_tasks():
    """ASGI middleware ends after the background task; the code after call_next runs before it."""
    happened = []

    def work():
        time.sleep(0.05)
        happened.append("work ended")

    async def handler(tasks: BackgroundTasks):
        tasks.add_task(work)

    class Outer(AsgiMiddleware):
        async def __call__(self, scope, receive, send):
            await self.app(scope, receive, send)
            happened.append("ASGI middleware ended")

    async def inner(request, call_next):
        response = await call_next(request)
        happened.append("HTTP middleware ended")
        return response

    app = FastAPI()
    app.get("/")(handler)
    app.middleware("http")(inner)
    app.add_middleware(Outer)
    asyncio.run(request(app, ignore))
    assert happened == ["HTTP middleware ended", "work ended", "ASGI middleware ended"]


def blocking_calls_of_async_handlers_stop_the_others():
    """Two def handlers that wait for each other in threads meet; two async def handlers that block never do."""

    def demonstrate(*, is_async):
        barrier, met = Barrier(2, timeout=0.5), []

        def wait():
            try:
                barrier.wait()
            except BrokenBarrierError:
                met.append(False)
            else:
                met.append(True)

        async def wait_on_the_loop():
            wait()

        async def ask_twice(app):
            await asyncio.gather(request(app, ignore), request(app, ignore))

        app = FastAPI()
        app.get("/")(wait_on_the_loop if is_async else wait)
        asyncio.run(ask_twice(app))
        return met

    assert demonstrate(is_async=False) == [True, True]
    assert demonstrate(is_async=True) == [False, False]


def lifespan_of_a_mounted_application_does_not_run():
    """The lifespan of the application runs; that of an application mounted in it does not."""
    started = []

    def lifespan_of(name):
        @asynccontextmanager
        async def lifespan(app):
            started.append(name)
            yield

        return lifespan

    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive():
        return next(messages)

    app = FastAPI(lifespan=lifespan_of("application"))
    app.mount("/mounted", FastAPI(lifespan=lifespan_of("mounted application")))
    asyncio.run(app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, ignore))
    assert started == ["application"]
