# region live
import asyncio

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from books.schemas import BookCreated

router = APIRouter()


class ConnectionManager:
    def __init__(self) -> None:
        self.connections: set[WebSocket] = set()

    async def broadcast(self, event: BookCreated) -> None:
        message = event.model_dump_json()
        # Who has left meanwhile is an exception in the list, and disturbs no other.
        sending = [connection.send_text(message) for connection in self.connections]
        await asyncio.gather(*sending, return_exceptions=True)


manager = ConnectionManager()


@router.websocket("/live")
async def live(websocket: WebSocket) -> None:
    await websocket.accept()
    manager.connections.add(websocket)
    try:
        while True:
            await websocket.receive_text()
    except WebSocketDisconnect:
        pass
    finally:
        manager.connections.discard(websocket)


# endregion
