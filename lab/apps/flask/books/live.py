# region live
from collections.abc import Iterator
from queue import Empty, Queue
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
            client.put(message)

    def listen(self) -> Iterator[str]:
        client: Queue[str] = Queue()
        self.clients.add(client)
        try:
            yield ": welcome\n\n"
            while True:
                try:
                    yield f"data: {client.get(timeout=15)}\n\n"
                except Empty:
                    yield ": still here\n\n"  # fails if the client has left, which ends this
        finally:
            self.clients.discard(client)


hub = Hub()


@live.get("/live")
def events() -> Response:
    if len(hub.clients) >= 16:  # each keeps a thread; the others are for requests
        abort(503)
    headers = {"Cache-Control": "no-store"}
    return Response(hub.listen(), mimetype="text/event-stream", headers=headers)


# endregion
