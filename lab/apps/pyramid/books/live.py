# region live
import json
from collections.abc import Iterator
from queue import Empty, Full, Queue


class Hub:
    """The clients that are listening: a queue for each."""

    def __init__(self) -> None:
        self.clients: set[Queue[str]] = set()

    def publish(self, event: dict[str, object]) -> None:
        message = json.dumps(event)
        for client in tuple(self.clients):
            try:
                client.put_nowait(message)
            except Full:  # it has not read for a hundred books
                self.clients.discard(client)

    def listen(self) -> Iterator[bytes]:
        client: Queue[str] = Queue(maxsize=100)
        self.clients.add(client)
        try:
            yield b": welcome\n\n"
            while client in self.clients:
                try:
                    yield f"data: {client.get(timeout=2)}\n\n".encode()
                except Empty:
                    yield b": still here\n\n"  # fails if the client has left, which ends this
        finally:
            self.clients.discard(client)

    def close(self) -> None:
        """Let every stream end, in two seconds at most."""
        self.clients.clear()


hub = Hub()
# endregion
