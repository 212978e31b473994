"""What aiohttp does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import threading
from contextvars import ContextVar

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

PATIENCE = 5
"""Seconds after which a wait counts as lost."""


async def answered(app, read):
    """Serve the application, request `/` and return what `read` makes of the response."""
    async with TestClient(TestServer(app)) as client, client.get("/") as response:
        return await read(response)


def context_variables_go_both_ways():
    """The handler sees a context variable that middleware set, and middleware sees what the handler set."""
    variable = ContextVar("variable", default="nobody")
    seen = []

    @web.middleware
    async def middleware(request, handler):
        variable.set("middleware")
        response = await handler(request)
        seen.append(variable.get())
        return response

    async def handler(request):
        seen.append(variable.get())
        variable.set("handler")
        return web.Response()

    app = web.Application(middlewares=[middleware])
    app.router.add_get("/", handler)
    asyncio.run(answered(app, lambda response: response.read()))
    assert seen == ["middleware", "handler"]


def streams_pass_middleware():
    """With middleware installed, the client has the first piece of a stream before the handler writes the second."""
    arrived = asyncio.Event()

    @web.middleware
    async def middleware(request, handler):
        return await handler(request)

    async def handler(request):
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"first")
        await asyncio.wait_for(arrived.wait(), PATIENCE)
        await response.write(b"second")
        return response

    async def read(response):
        first = await response.content.readexactly(5)
        arrived.set()
        return first, await response.content.read()

    app = web.Application(middlewares=[middleware])
    app.router.add_get("/", handler)
    assert asyncio.run(answered(app, read)) == (b"first", b"second")


def a_task_outlives_middleware():
    """A task that the handler creates is still running when middleware has finished and the client has its response."""
    happened = []

    @web.middleware
    async def middleware(request, handler):
        response = await handler(request)
        happened.append("middleware ended")
        return response

    async def work(responded):
        await asyncio.wait_for(responded.wait(), PATIENCE)
        happened.append("work ended")

    async def serve():
        responded, tasks = asyncio.Event(), set()

        async def handler(request):
            tasks.add(asyncio.create_task(work(responded)))
            return web.Response()

        async def read(response):
            await response.read()
            happened.append("client has its response")
            responded.set()
            await asyncio.gather(*tasks)

        app = web.Application(middlewares=[middleware])
        app.router.add_get("/", handler)
        await answered(app, read)

    asyncio.run(serve())
    assert happened == ["middleware ended", "client has its response", "work ended"]


def a_blocking_call_needs_a_thread():
    """A call that blocks a handler holds up another request; through asyncio.to_thread it does not."""

    async def other_is_served_meanwhile(wait):
        served = threading.Event()

        async def waiting(request):
            return web.json_response(await wait(served))

        async def other(request):
            served.set()
            return web.Response()

        app = web.Application()
        app.add_routes([web.get("/waiting", waiting), web.get("/other", other)])
        async with TestClient(TestServer(app)) as client:
            first, _ = await asyncio.gather(client.get("/waiting"), client.get("/other"))
            return await first.json()

    async def blocking(served):
        return served.wait(0.5)

    async def in_a_thread(served):
        return await asyncio.to_thread(served.wait, PATIENCE)

    assert not asyncio.run(other_is_served_meanwhile(blocking))
    assert asyncio.run(other_is_served_meanwhile(in_a_thread))


def debug_mode_shows_the_traceback():
    """With asyncio's debug mode the response to an error contains the traceback; without it the response does not."""

    async def handler(request):
        raise LookupError("not there")

    def text(debug):
        app = web.Application()
        app.router.add_get("/", handler)
        return asyncio.run(answered(app, lambda response: response.text()), debug=debug)

    assert "Traceback" in text(debug=True)
    assert "LookupError" in text(debug=True)
    assert "Traceback" not in text(debug=False)


def a_stream_has_no_limit():
    """A body above 1 MiB that is read whole gets 413; read piece by piece it is accepted."""

    async def whole(request):
        return web.json_response(len(await request.read()))

    async def pieces(request):
        return web.json_response(sum([len(piece) async for piece in request.content.iter_any()]))

    async def demonstrate():
        app = web.Application()
        app.add_routes([web.post("/whole", whole), web.post("/pieces", pieces)])
        async with TestClient(TestServer(app)) as client:
            allowed = await client.post("/whole", data=bytes(2**20))
            refused = await client.post("/whole", data=bytes(2**20 + 1))
            streamed = await client.post("/pieces", data=bytes(2**23))
            return allowed.status, refused.status, await streamed.json()

    assert asyncio.run(demonstrate()) == (200, 413, 2**23)
