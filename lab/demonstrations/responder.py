"""What Responder does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import time
from contextvars import ContextVar

import responder

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


def application(**options):
    """Return an application without what the demonstrations do not ask for."""
    return responder.API(secret_key="a-key-of-the-demonstration", static_dir=None, **options)


class PureMiddleware:
    """Pure ASGI middleware."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """Set the variable, call the application, read the variable."""
        variable.set("middleware")
        await self.app(scope, receive, send)
        seen.append(variable.get())


async def function_middleware(request, call_next):
    """Middleware of the style of @api.middleware."""
    variable.set("middleware")
    response = await call_next(request)
    seen.append(variable.get())
    return response


async def _async_handler(req, resp):
    """Read the variable and set it."""
    seen.append(variable.get())
    variable.set("handler")


def _sync_handler(req, resp):
    """Read the variable and set it, in a thread."""
    seen.append(variable.get())
    variable.set("handler")


def what_is_seen(handler, *, asgi):
    """Return what the handler and then the middleware see."""
    seen.clear()
    api = application()
    api.add_route("/", handler)
    api.add_middleware(PureMiddleware) if asgi else api.middleware(function_middleware)
    asyncio.run(request(api, ignore))
    return seen


def context_variables_come_back_in_one_case():
    """Every handler sees what middleware set; only ASGI middleware around an async handler sees what that one set."""
    assert what_is_seen(_async_handler, asgi=True) == ["middleware", "handler"]
    assert what_is_seen(_sync_handler, asgi=True) == ["middleware", "middleware"]
    assert what_is_seen(_async_handler, asgi=False) == ["middleware", "middleware"]
    assert what_is_seen(_sync_handler, asgi=False) == ["middleware", "middleware"]


def streams_pass_middleware():
    """With either style of middleware, a first piece is sent before the handler makes the second."""

    async def demonstrate(add):
        arrived, pieces = asyncio.Event(), []

        async def send(message):
            if message.get("body"):
                pieces.append(message["body"])
                arrived.set()

        async def generate(req, resp):
            yield {"piece": 1}
            await asyncio.wait_for(arrived.wait(), PATIENCE)
            yield {"piece": 2}

        api = application()
        api.ndjson("/", item_model=dict)(generate)
        add(api)
        await request(api, send)
        return len(pieces) > 1

    assert asyncio.run(demonstrate(lambda api: api.add_middleware(PureMiddleware)))
    assert asyncio.run(demonstrate(lambda api: api.middleware(function_middleware)))


def middleware_waits_for_tasks_of_the_response():
    """ASGI middleware ends after a task of resp.background; code after call_next and api.background do not wait."""
    happened = []

    def work():
        time.sleep(0.2)
        happened.append("task of the response ended")

    def work_longer():
        time.sleep(0.6)
        happened.append("task of api.background ended")

    class Outer(PureMiddleware):
        async def __call__(self, scope, receive, send):
            await self.app(scope, receive, send)
            happened.append("ASGI middleware ended")

    async def inner(request, call_next):
        response = await call_next(request)
        happened.append("code after call_next")
        return response

    api = application()

    def handler(req, resp):
        resp.background(work)
        api.background.run(work_longer)

    api.add_route("/", handler)
    api.middleware(inner)
    api.add_middleware(Outer)
    asyncio.run(request(api, ignore))
    api.background.pool.shutdown()
    assert happened == [
        "code after call_next",
        "task of the response ended",
        "ASGI middleware ended",
        "task of api.background ended",
    ]


def session_cookies_are_secure():
    """The session cookie is HttpOnly, SameSite=Lax and Secure by default; Secure is off under debug."""

    def cookie(**options):
        started = []

        async def send(message):
            if message["type"] == "http.response.start":
                started.append(dict(message["headers"]))

        def handler(req, resp):
            req.session["user"] = "Ada"

        api = application(**options)
        api.add_route("/", handler)
        asyncio.run(request(api, send))
        return {part.strip().lower() for part in started[0][b"set-cookie"].decode().split(";")}

    assert {"httponly", "samesite=lax", "secure"} <= cookie()
    assert "secure" not in cookie(debug=True)
