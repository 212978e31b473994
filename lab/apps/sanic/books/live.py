# region live
from asyncio import Queue, create_task
from contextlib import suppress
from json import dumps
from typing import Any

from sanic import Blueprint, Request, Sanic, Websocket
from sanic.exceptions import ServerError, WebsocketClosed
from sanic_ext import openapi

live = Blueprint("live")
openapi.exclude(bp=live)


@live.before_server_start
async def no_clients(app: Sanic) -> None:
    app.ctx.clients = set()


@live.websocket("/live")
async def listen(request: Request, ws: Websocket) -> None:
    messages = Queue(maxsize=100)
    request.app.ctx.clients.add(messages)
    sending = create_task(send(ws, messages))
    try:
        async for _ in ws:
            pass
    finally:
        request.app.ctx.clients.discard(messages)
        sending.cancel()


async def send(ws: Websocket, messages: Queue[str]) -> None:
    # Which of the two it is depends on how far the client has left.
    with suppress(WebsocketClosed, ServerError):
        while True:
            await ws.send(await messages.get())


@live.signal("books.book.created")
async def broadcast(app: Sanic, event: dict[str, Any]) -> None:
    for messages in app.ctx.clients:
        # A client that reads too slowly misses what is oldest.
        if messages.full():
            messages.get_nowait()
        messages.put_nowait(dumps(event))


# endregion
