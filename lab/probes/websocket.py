"""A WebSocket client for the probes: the library's protocol over a socket of ours.

No probe asks about frames, so `websockets` makes and reads them. Its own client is not used: it sends a whole message
before it reads, so it misses the close code of a server that refuses a message while it is still being sent.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import NamedTuple

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake, InvalidStatus
from websockets.frames import DATA_OPCODES, Close, Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import Event
from websockets.typing import Origin
from websockets.uri import parse_uri

from lab.core.errors import NoAnswerError
from lab.probes.client import HOST


class Reply(NamedTuple):
    """What came back for a message: text or bytes, or the code with which the server closed the connection."""

    message: str | bytes = ""
    code: int | None = None


class WebSocket:
    """The client's end of a connection, without extensions and without a limit on messages."""

    def __init__(self, connection: socket.socket, port: int, path: str) -> None:
        """Ask for the upgrade on an open connection; see `opened`."""
        self._socket = connection
        origin = Origin(f"http://{HOST}:{port}")
        self._protocol = ClientProtocol(parse_uri(f"ws://{HOST}:{port}{path}"), origin=origin, max_size=None)
        self._protocol.send_request(self._protocol.connect())
        self._send()
        self._events = self._receive()
        self.line = self._handshake()

    @property
    def accepted(self) -> bool:
        """Return whether the server accepted the upgrade."""
        return self._protocol.handshake_exc is None

    def echo(self, message: str) -> Reply:
        """Send a text message and return what comes back.

        Raises NoAnswerError if the connection ends without a close code, OSError if it is reset or nothing comes back.
        """
        self._protocol.send_text(message.encode())
        self._send()
        parts: list[bytes] = []
        text = True
        for event in self._events:
            if not isinstance(event, Frame):
                continue
            if event.opcode is Opcode.CLOSE:
                return Reply(code=Close.parse(event.data).code)
            if event.opcode in DATA_OPCODES:
                text = text and event.opcode is not Opcode.BINARY
                parts.append(bytes(event.data))
                if event.fin:
                    break
        content = b"".join(parts)
        return Reply(content.decode("utf-8", "replace") if text else content)

    def _handshake(self) -> str:
        """Return the status line of the server's answer to the upgrade."""
        try:
            response = next(self._events)
        except InvalidStatus as refusal:
            response = refusal.response
        except InvalidHandshake as error:
            raise NoAnswerError(f"The server's handshake is wrong: {error}") from error
        assert isinstance(response, Response)
        return f"HTTP/1.1 {response.status_code} {response.reason_phrase}"

    def _send(self) -> None:
        """Send what the protocol has to send; a server that has closed already may still have said why."""
        with suppress(BrokenPipeError, ConnectionResetError):
            for data in self._protocol.data_to_send():
                self._socket.sendall(data)

    def _receive(self) -> Iterator[Event]:
        while True:
            events = self._protocol.events_received()
            if self._protocol.handshake_exc:
                raise self._protocol.handshake_exc
            yield from events
            data = self._socket.recv(262144)
            if not data:
                raise NoAnswerError("The server closed the connection.")
            self._protocol.receive_data(data)
            self._send()


@contextmanager
def opened(port: int, path: str, *, timeout: float = 5) -> Iterator[WebSocket]:
    """Yield the connection once the server has answered the upgrade, and close it at the end without more words.

    Raises NoAnswerError if the server ends the connection or its handshake is wrong, and OSError if nobody answers.
    """
    with closing(socket.create_connection((HOST, port), timeout)) as connection:
        yield WebSocket(connection, port, path)
