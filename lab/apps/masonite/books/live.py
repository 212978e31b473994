import json
from queue import Empty, Full, Queue


# region live
class Hub:
    """The clients that are listening."""

    def __init__(self):
        self.clients = set()

    def publish(self, event):
        piece = f"data: {json.dumps(event)}\n\n".encode()
        for client in tuple(self.clients):
            try:
                client.pieces.put_nowait(piece)
            except Full:
                self.clients.discard(client)


class Listener:
    """The body of a response that goes on until the client leaves, or reads too slowly."""

    def __init__(self, hub):
        self.hub, self.pieces = hub, Queue(100)
        self.pieces.put(b": welcome\n\n")
        hub.clients.add(self)

    def __iter__(self):
        return self

    def __next__(self):
        if self not in self.hub.clients:
            raise StopIteration
        try:
            return self.pieces.get(timeout=15)
        except Empty:
            return b": still here\n\n"  # The server closes this if the client has left.

    def close(self):
        self.hub.clients.discard(self)


# endregion
