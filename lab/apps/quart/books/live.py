# region live
import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from quart import Blueprint, websocket

live = Blueprint("live", __name__)


class Broker:
    """Hands what is published to each that has subscribed."""

    def __init__(self) -> None:
        self.connections: set[asyncio.Queue[dict[str, object]]] = set()

    def publish(self, event: dict[str, object]) -> None:
        for connection in self.connections:
            connection.put_nowait(event)

    @contextmanager
    def subscription(self) -> Iterator[asyncio.Queue[dict[str, object]]]:
        connection: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.connections.add(connection)
        try:
            yield connection
        finally:
            self.connections.remove(connection)


broker = Broker()


@live.websocket("/live")
async def events() -> None:
    with broker.subscription() as connection:
        await websocket.accept()
        while True:
            await websocket.send_json(await connection.get())
            # endregion
