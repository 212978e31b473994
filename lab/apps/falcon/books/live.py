# region live
import asyncio
from contextlib import suppress
from typing import Any

import falcon
from falcon.asgi import Request, WebSocket

Events = asyncio.Queue[dict[str, Any]]


class LiveResource:
    def __init__(self) -> None:
        self._queues: set[Events] = set()

    async def on_websocket(self, req: Request, ws: WebSocket) -> None:
        await ws.accept()
        events = Events(maxsize=100)
        self._queues.add(events)
        sending = asyncio.create_task(self._send(ws, events))
        try:
            with suppress(falcon.WebSocketDisconnected):
                while True:
                    await ws.receive_text()
        finally:
            self._queues.discard(events)
            sending.cancel()

    async def _send(self, ws: WebSocket, events: Events) -> None:
        with suppress(falcon.WebSocketDisconnected):
            while True:
                await ws.send_media(await events.get())

    async def publish(self, event: dict[str, Any]) -> None:
        for events in self._queues:
            # A client that reads too slowly misses what is oldest.
            if events.full():
                events.get_nowait()
            events.put_nowait(event)
            # endregion
