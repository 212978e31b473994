# region live
from typing import Any

from tornado.escape import json_encode
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from books.request_log import LoggedHandler


class LiveHandler(LoggedHandler, WebSocketHandler):
    clients: set["LiveHandler"] = set()

    def prepare(self) -> None:
        """A client that listens is no request that the end of the server has to wait for."""

    def open(self) -> None:
        self.clients.add(self)

    def on_message(self, message: str | bytes) -> None:
        pass

    def on_close(self) -> None:
        self.clients.discard(self)

    @classmethod
    def broadcast(cls, event: dict[str, Any]) -> None:
        for client in cls.clients.copy():
            try:
                client.write_message(json_encode(event))
            except WebSocketClosedError:
                cls.clients.discard(client)


# endregion
