# region live
import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from quart import Blueprint, Websocket, websocket
from quart.wrappers.websocket import Buffer

live = Blueprint("live", __name__)


class Broker:
    """Hands what is published to each that has subscribed."""

    def __init__(self) -> None:
        self.connections: set[asyncio.Queue[dict[str, object]]] = set()

    def publish(self, event: dict[str, object]) -> None:
        for connection in tuple(self.connections):
            try:
                connection.put_nowait(event)
            except asyncio.QueueFull:  # it has not read for a hundred books
                self.connections.discard(connection)
                connection.shutdown()

    @contextmanager
    def subscription(self) -> Iterator[asyncio.Queue[dict[str, object]]]:
        connection: asyncio.Queue[dict[str, object]] = asyncio.Queue(maxsize=100)
        self.connections.add(connection)
        try:
            yield connection
        finally:
            self.connections.discard(connection)


broker = Broker()


class Unread(Buffer):
    async def put(self, data: bytes | str) -> None:
        """Forget what clients send: nobody reads it, and it would be kept."""


class LiveWebsocket(Websocket):
    buffer_class = Unread


@live.websocket("/live")
async def events() -> None:
    with broker.subscription() as connection:
        await websocket.accept()
        with suppress(asyncio.QueueShutDown):
            while True:
                await websocket.send_json(await connection.get())
                # endregion
