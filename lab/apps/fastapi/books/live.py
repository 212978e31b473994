# region live
import asyncio

from fastapi import APIRouter, WebSocket

from books.schemas import BookCreated

router = APIRouter()


class ConnectionManager:
    def __init__(self) -> None:
        self.connections: set[WebSocket] = set()

    async def broadcast(self, event: BookCreated) -> None:
        message = event.model_dump_json()
        # Who has left meanwhile, or reads too slowly, is an exception in the list.
        sending = [asyncio.wait_for(each.send_text(message), 5) for each in self.connections]
        await asyncio.gather(*sending, return_exceptions=True)


manager = ConnectionManager()


@router.websocket("/live")
async def live(websocket: WebSocket) -> None:
    await websocket.accept()
    manager.connections.add(websocket)
    try:
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass
    finally:
        manager.connections.discard(websocket)


# endregion
