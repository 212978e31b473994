# region live
from asyncio import gather
from typing import Any

from sanic import Blueprint, Request, Sanic, Websocket
from sanic_ext import openapi
from ujson import dumps

live = Blueprint("live")
openapi.exclude(bp=live)


@live.before_server_start
async def no_clients(app: Sanic) -> None:
    app.ctx.clients = set()


@live.websocket("/live")
async def listen(request: Request, ws: Websocket) -> None:
    request.app.ctx.clients.add(ws)
    try:
        async for _ in ws:
            pass
    finally:
        request.app.ctx.clients.discard(ws)


@live.before_server_stop
async def dismiss(app: Sanic) -> None:
    await gather(*[ws.close(1001) for ws in app.ctx.clients])


@live.signal("books.book.created")
async def broadcast(app: Sanic, event: dict[str, Any]) -> None:
    # The handlers of a signal run one after the other: the next waits for no client.
    app.add_task(send_all(app, dumps(event)))


async def send_all(app: Sanic, message: str) -> None:
    # A client that has left fails on its own.
    await gather(*[ws.send(message) for ws in app.ctx.clients], return_exceptions=True)


# endregion
