# region live
import asyncio
from typing import Any

from responder import Router
from starlette.websockets import WebSocket

router = Router()
clients: set[WebSocket] = set()


@router.websocket_route("/live")
async def live(ws: WebSocket) -> None:
    await ws.accept()
    clients.add(ws)
    try:
        async for _ in ws.iter_text():
            pass  # ends when the client leaves
    finally:
        clients.discard(ws)


async def broadcast(event: dict[str, Any]) -> None:
    # Who has left meanwhile is an exception in the list, and disturbs no other.
    sending = [client.send_json(event) for client in clients]
    await asyncio.gather(*sending, return_exceptions=True)


# endregion
