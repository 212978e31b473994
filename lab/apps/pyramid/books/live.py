# region live
import json
from collections.abc import Iterator
from queue import Empty, Queue


class Hub:
    """The clients that are listening: a queue for each."""

    def __init__(self) -> None:
        self.clients: set[Queue[str]] = set()

    def publish(self, event: dict[str, object]) -> None:
        message = json.dumps(event)
        for client in tuple(self.clients):
            client.put(message)

    def listen(self) -> Iterator[bytes]:
        client: Queue[str] = Queue()
        self.clients.add(client)
        try:
            yield b": welcome\n\n"
            while True:
                try:
                    yield f"data: {client.get(timeout=15)}\n\n".encode()
                except Empty:
                    yield b": still here\n\n"  # fails if the client has left, which ends this
        finally:
            self.clients.discard(client)


hub = Hub()
# endregion
