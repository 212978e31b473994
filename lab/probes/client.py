"""A plain HTTP and WebSocket client that hides nothing: what is asked goes out as it stands."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

HOST = "127.0.0.1"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BYTES = {"Content-Type": "application/octet-stream"}
Headers = Mapping[str, str]


class NoAnswerError(Exception):
    """The server closed or reset the connection, or kept silent, instead of answering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, and how many seconds after the question."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float

    @property
    def line(self) -> str:
        """Return the status line."""
        return f"HTTP/1.1 {self.status} {self.reason}".rstrip()

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """Return the body as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def good(self) -> bool:
        """Return whether the status is 200 to 299."""
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """Return whether the status is 400 to 499."""
        return 400 <= self.status < 500

    def header(self, name: str) -> str:
        """Return the values of a header, joined by commas; empty if there is none."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    def cookies(self) -> list[str]:
        """Return the values of all Set-Cookie headers."""
        return [value for key, value in self.headers if key.lower() == "set-cookie"]


def send(
    connection: HTTPConnection, method: str, target: str, body: bytes | None = None, headers: Headers | None = None
) -> None:
    """Send a request, without waiting for the answer; a Host header given replaces the usual one."""
    headers = headers or {}
    connection.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    if body is not None and "Content-Length" not in headers:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders()
    if body:
        connection.send(body)


def ask(  # noqa: PLR0913 - what a request consists of
    port: int,
    method: str,
    target: str,
    body: bytes | None = None,
    headers: Headers | None = None,
    *,
    timeout: float = 10,
) -> Answer:
    """Return the answer to a request on a connection of its own; raise NoAnswerError if there is none."""
    with closing(HTTPConnection(HOST, port, timeout=timeout)) as connection:
        return exchange(connection, method, target, body, headers)


def exchange(
    connection: HTTPConnection, method: str, target: str, body: bytes | None = None, headers: Headers | None = None
) -> Answer:
    """Return the answer to a request on a connection that stays open; raise NoAnswerError if there is none."""
    begun = time.perf_counter()
    try:
        try:
            send(connection, method, target, body, headers)
        except (BrokenPipeError, ConnectionResetError):
            if connection.sock is None:
                raise
        response = connection.getresponse()
        content = response.read()
    except (OSError, HTTPException) as error:
        raise NoAnswerError(f"{type(error).__name__}: {error}"[:160]) from error
    return Answer(
        status=response.status,
        reason=response.reason,
        headers=tuple(response.getheaders()),
        body=content,
        seconds=time.perf_counter() - begun,
    )


@contextmanager
def opened(port: int, target: str, *, timeout: float = 5, receive_buffer: int | None = None) -> Iterator[HTTPResponse]:
    """Yield the response to GET `target` as soon as its headers are there; close the connection at the end."""
    connection = HTTPConnection(HOST, port, timeout=timeout)
    raw = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if receive_buffer:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    raw.settimeout(timeout)
    with closing(raw), closing(connection):
        try:
            raw.connect((HOST, port))
            connection.sock = raw
            send(connection, "GET", target)
            yield connection.getresponse()
        except (OSError, HTTPException) as error:
            raise NoAnswerError(f"{type(error).__name__}: {error}"[:160]) from error


def pieces(response: HTTPResponse) -> Iterator[tuple[float, bytes]]:
    """Yield what arrives of a body, each piece with the moment of its arrival, until the end."""
    while piece := response.read1(65536):
        yield time.perf_counter(), piece


class WebSocket:
    """A client's end of a WebSocket connection, enough to send and receive text messages."""

    TEXT, CLOSE = 1, 8

    def __init__(self, port: int, path: str, *, timeout: float = 5) -> None:
        """Connect; `status` is what the server answered to the upgrade."""
        self.socket = socket.create_connection((HOST, port), timeout)
        self._buffer = b""
        key = base64.b64encode(os.urandom(16)).decode()
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nOrigin: http://{HOST}:{port}\r\n\r\n"
        )
        self.socket.sendall(request.encode())
        while b"\r\n\r\n" not in self._buffer:
            self._fill()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        self.line = head.split(b"\r\n", 1)[0].decode("latin-1")
        self.status = int(self.line.split()[1])

    def close(self) -> None:
        """Close the connection without more words."""
        self.socket.close()

    def send_text(self, message: bytes) -> None:
        """Send one text message in one frame, masked with zeros."""
        length = len(message)
        if length < 126:
            head = struct.pack("!BB", 0x80 | self.TEXT, 0x80 | length)
        elif length < 65536:
            head = struct.pack("!BBH", 0x80 | self.TEXT, 0x80 | 126, length)
        else:
            head = struct.pack("!BBQ", 0x80 | self.TEXT, 0x80 | 127, length)
        self.socket.sendall(head + bytes(4))
        self.socket.sendall(message)

    def receive(self) -> tuple[int, bytes]:
        """Return the next message: its type (1 text, 2 bytes, 8 close) and its content; pings are passed over."""
        message, kind = b"", 0
        while True:
            final, code, payload = self._frame()
            if code == self.CLOSE:
                return code, payload
            if code in (9, 10):
                continue
            kind = code or kind
            message += payload
            if final:
                return kind, message

    def _frame(self) -> tuple[bool, int, bytes]:
        first, second = self._take(2)
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self._take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._take(8))
        return bool(first & 0x80), first & 0x0F, self._take(length)

    def _take(self, count: int) -> bytes:
        parts, have = [self._buffer], len(self._buffer)
        while have < count:
            parts.append(self._received())
            have += len(parts[-1])
        content = b"".join(parts)
        self._buffer = content[count:]
        return content[:count]

    def _fill(self) -> None:
        self._buffer += self._received()

    def _received(self) -> bytes:
        received = self.socket.recv(262144)
        if not received:
            raise NoAnswerError("The server closed the connection.")
        return received
