# region live
from collections.abc import Iterator
from queue import Empty, Full, Queue
from typing import Any

from flask import Blueprint, Response, abort, json

live = Blueprint("live", __name__)


class Hub:
    """The clients that are listening: a queue for each."""

    def __init__(self) -> None:
        self.clients: set[Queue[str]] = set()

    def publish(self, event: str, book: dict[str, Any]) -> None:
        message = json.dumps({"event": event, "book": book})
        for client in tuple(self.clients):
            try:
                client.put_nowait(message)
            except Full:  # it has not read for a hundred books
                self.clients.discard(client)

    def listen(self) -> Iterator[str]:
        client: Queue[str] = Queue(maxsize=100)
        self.clients.add(client)
        try:
            yield ": welcome\n\n"
            while client in self.clients:
                try:
                    yield f"data: {client.get(timeout=5)}\n\n"
                except Empty:
                    yield ": still here\n\n"  # fails if the client has left, which ends this
        finally:
            self.clients.discard(client)

    def close(self) -> None:
        """Let every stream end, in five seconds at most."""
        self.clients.clear()


hub = Hub()


@live.get("/live")
def events() -> Response:
    if len(hub.clients) >= 16:  # each keeps a thread; the others are for requests
        abort(503)
    headers = {"Cache-Control": "no-store"}
    return Response(hub.listen(), mimetype="text/event-stream", headers=headers)


# endregion
