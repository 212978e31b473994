# region live
from contextlib import suppress

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from responder import Router
from starlette.websockets import WebSocket, WebSocketDisconnect

router = Router()

Clients = set[MemoryObjectSendStream[str]]


def make_clients() -> Clients:
    """The dependency `clients`: one for the application."""
    return set()


@router.websocket_route("/live")
async def live(ws: WebSocket, *, clients: Clients) -> None:
    await ws.accept()
    client, events = anyio.create_memory_object_stream[str](100)
    with client, events:
        clients.add(client)
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(forward, events, ws)
                while (await ws.receive())["type"] != "websocket.disconnect":
                    pass
                tasks.cancel_scope.cancel()
        finally:
            clients.discard(client)


async def forward(events: MemoryObjectReceiveStream[str], ws: WebSocket) -> None:
    with suppress(WebSocketDisconnect):
        async for event in events:
            await ws.send_text(event)
        await ws.close(1013, "Too many events are waiting")


def broadcast(clients: Clients, event: str) -> None:
    for client in tuple(clients):
        try:
            client.send_nowait(event)
        except anyio.WouldBlock:  # it reads too slowly
            clients.remove(client)
            client.close()


# endregion
