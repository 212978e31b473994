# region live
import asyncio
from typing import Any

from starlette.websockets import WebSocket

clients: set[WebSocket] = set()


async def live(websocket: WebSocket) -> None:
    await websocket.accept()
    clients.add(websocket)
    try:
        async for _ in websocket.iter_text():
            pass  # ends when the client leaves
    finally:
        clients.discard(websocket)


async def broadcast(event: dict[str, Any]) -> None:
    # Who has left meanwhile is an exception in the list, and disturbs no other.
    sending = [client.send_json(event) for client in clients]
    await asyncio.gather(*sending, return_exceptions=True)


# endregion
