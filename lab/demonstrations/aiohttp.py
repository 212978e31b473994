"""What aiohttp does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
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
