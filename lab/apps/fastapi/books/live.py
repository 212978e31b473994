# region live
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from fastapi import APIRouter, Depends, WebSocket, WebSocketDisconnect
from fastapi.requests import HTTPConnection

from books.schemas import BookCreated

router = APIRouter()


class ConnectionManager:
    def __init__(self) -> None:
        self.clients: set[MemoryObjectSendStream[str]] = set()

    @contextmanager
    def connect(self) -> Iterator[MemoryObjectReceiveStream[str]]:
        client, events = anyio.create_memory_object_stream[str](100)
        with client, events:
            self.clients.add(client)
            try:
                yield events
            finally:
                self.clients.discard(client)

    async def broadcast(self, created: BookCreated) -> None:
        event = created.model_dump_json()
        for client in tuple(self.clients):
            try:
                client.send_nowait(event)
            except anyio.WouldBlock:  # it reads too slowly
                self.clients.remove(client)
                client.close()


async def get_manager(connection: HTTPConnection) -> ConnectionManager:
    return connection.state.manager


ManagerDep = Annotated[ConnectionManager, Depends(get_manager)]


@router.websocket("/live")
async def live(websocket: WebSocket, manager: ManagerDep) -> None:
    await websocket.accept()
    with manager.connect() as events:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(forward, events, websocket)
            while (await websocket.receive())["type"] != "websocket.disconnect":
                pass
            tasks.cancel_scope.cancel()


async def forward(events: MemoryObjectReceiveStream[str], websocket: WebSocket) -> None:
    with suppress(WebSocketDisconnect):
        async for event in events:
            await websocket.send_text(event)
        await websocket.close(1013, "Too many events are waiting")


# endregion
