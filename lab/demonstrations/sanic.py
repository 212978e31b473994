"""What Sanic does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import socket
import threading
import time
from contextvars import ContextVar
from http.client import HTTPConnection

from sanic import Sanic
from sanic.response import text

PATIENCE = 5
"""Seconds after which a wait counts as lost."""


def _application():
    """Return a new application that leaves the logging alone."""
    Sanic.test_mode = True  # or else a second application of the same name would be refused
    return Sanic("demonstration", configure_logging=False)


def serve(app, client):
    """Serve the application with Sanic's own server, on a free port, while `client(port)` runs; return its result."""
    results = []

    @app.after_server_start
    async def start(app):
        app.add_task(run())

    async def run():
        try:
            results.append(await asyncio.wait_for(client(listening.getsockname()[1]), PATIENCE))
        finally:
            app.stop()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        app.prepare(sock=listening, single_process=True, motd=False)
        Sanic.serve_single()
    return results[0]


async def get(port, path="/", host="localhost"):
    """Send a GET request; return the reader and the writer of its connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    return reader, writer


async def answer(port, path="/", host="localhost"):
    """Send a GET request; return the whole answer."""
    reader, writer = await get(port, path, host)
    try:
        return await reader.read()
    finally:
        writer.close()


def context_variables_pass_both_ways():
    """The handler sees what request middleware set, and response middleware sees what the handler set."""
    variable = ContextVar("variable", default="nobody")
    seen, app = [], _application()

    @app.on_request
    async def before(request):
        variable.set("middleware")

    @app.on_response
    async def after(request, response):
        seen.append(variable.get())

    @app.get("/async")
    async def async_handler(request):
        seen.append(variable.get())
        variable.set("handler")
        return text("done")

    @app.get("/sync")
    def sync_handler(request):
        seen.append(variable.get())
        variable.set("handler")
        return text("done")

    async def client(port):
        for path in ("/async", "/sync"):
            await answer(port, path)

    serve(app, client)
    assert seen == ["middleware", "handler"] * 2


def streams_pass_middleware():
    """With response middleware installed, the client has the first piece before the handler sends the second."""
    app, arrived = _application(), asyncio.Event()

    @app.on_response
    async def after(request, response):
        response.headers["x-middleware"] = "seen"

    @app.get("/")
    async def handler(request):
        response = await request.respond(content_type="text/plain")
        await response.send("first")
        await asyncio.wait_for(arrived.wait(), PATIENCE)
        await response.send("second")

    async def client(port):
        reader, writer = await get(port)
        head = await reader.readuntil(b"first")
        arrived.set()
        rest = await reader.read()
        writer.close()
        return head, rest

    head, rest = serve(app, client)
    assert b"x-middleware: seen" in head and b"second" not in head
    assert b"second" in rest


def tasks_outlive_response_and_middleware():
    """A task of add_task is still at work when response middleware has run and the client has the whole answer."""
    app, happened, answered = _application(), [], asyncio.Event()

    async def work():
        await asyncio.wait_for(answered.wait(), PATIENCE)
        happened.append("work ended")

    @app.on_response
    async def after(request, response):
        happened.append("middleware ended")

    @app.get("/")
    async def handler(request):
        handler.task = request.app.add_task(work())
        return text("done")

    async def client(port):
        await answer(port)
        happened.append("answer read")
        answered.set()
        await handler.task

    serve(app, client)
    assert happened == ["middleware ended", "answer read", "work ended"]


def blocking_handlers_delay_others():
    """While an ordinary function sleeps as a handler, another request of the same worker is not handled."""
    app, started, happened = _application(), threading.Event(), []

    @app.get("/blocking")
    def blocking(request):
        started.set()
        time.sleep(0.5)
        happened.append("blocking handler ended")
        return text("done")

    @app.get("/quick")
    async def quick(request):
        happened.append("quick handler began")
        return text("done")

    def ask(port, path):
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", path)
        return connection.getresponse().read()

    def ask_after_start(port):
        started.wait(PATIENCE)
        ask(port, "/quick")

    async def client(port):
        await asyncio.gather(asyncio.to_thread(ask, port, "/blocking"), asyncio.to_thread(ask_after_start, port))

    serve(app, client)
    assert happened == ["blocking handler ended", "quick handler began"]


def routes_of_a_host_refuse_others():
    """A route that is bound to a host answers a request for another host with 404; any other route answers it."""
    app = _application()

    @app.get("/bound", host="example.com")
    async def bound(request):
        return text("done")

    @app.get("/free")
    async def free(request):
        return text("done")

    async def client(port):
        asked = (("/bound", "example.com"), ("/bound", "other.example"), ("/free", "other.example"))
        return [(await answer(port, path, host)).split()[1] for path, host in asked]

    assert serve(app, client) == [b"200", b"404", b"200"]
