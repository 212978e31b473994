# region live
import asyncio
from typing import Any

import falcon
from falcon.asgi import Request, WebSocket


class LiveResource:
    def __init__(self) -> None:
        self._clients: set[WebSocket] = set()

    async def on_websocket(self, req: Request, ws: WebSocket) -> None:
        try:
            await ws.accept()
            self._clients.add(ws)
            while True:
                await ws.receive_text()
        except falcon.WebSocketDisconnected:
            pass
        finally:
            self._clients.discard(ws)

    async def publish(self, event: dict[str, Any]) -> None:
        sending = (client.send_media(event) for client in self._clients)
        await asyncio.gather(*sending, return_exceptions=True)
        # endregion
