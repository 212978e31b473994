# region live
import asyncio
from typing import Any

from starlette.websockets import WebSocket

clients: set[WebSocket] = set()


async def live(websocket: WebSocket) -> None:
    await websocket.accept()
    clients.add(websocket)
    try:
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass
    finally:
        clients.discard(websocket)


async def broadcast(event: dict[str, Any]) -> None:
    # Who has left meanwhile, or reads too slowly, is an exception in the list.
    sending = [asyncio.wait_for(client.send_json(event), 5) for client in clients]
    await asyncio.gather(*sending, return_exceptions=True)


# endregion
