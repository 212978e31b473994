# region live
from contextlib import suppress

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from starlette.websockets import WebSocket, WebSocketDisconnect

from books.state import State


async def live(websocket: WebSocket[State]) -> None:
    await websocket.accept()
    clients = websocket.state["live"]
    outbox, events = anyio.create_memory_object_stream[str](100)
    with outbox, events:
        clients.add(outbox)
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(forward, events, websocket)
                while (await websocket.receive())["type"] != "websocket.disconnect":
                    pass
                tasks.cancel_scope.cancel()
        finally:
            clients.discard(outbox)


async def forward(events: MemoryObjectReceiveStream[str], websocket: WebSocket[State]) -> None:
    with suppress(WebSocketDisconnect):
        async for event in events:
            await websocket.send_text(event)
        await websocket.close(1013, "Too many events are waiting")


def broadcast(clients: set[MemoryObjectSendStream[str]], event: str) -> None:
    for client in tuple(clients):
        try:
            client.send_nowait(event)
        except anyio.WouldBlock:  # it reads too slowly
            clients.remove(client)
            client.close()


# endregion
