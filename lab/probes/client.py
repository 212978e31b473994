"""A plain HTTP client on http.client and sockets: requests go out exactly as the probe writes them.

The probes ask about HTTP itself (targets that a library would repair, two requests on one connection, a small receive
buffer, pieces as they arrive), so no library sits between them and the server.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from lab.core.errors import NoAnswerError

HOST = "127.0.0.1"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BYTES = {"Content-Type": "application/octet-stream"}
Headers = Mapping[str, str]


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
        """Return the body as JSON, or None if it is not JSON."""
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
    """Return the answer to a request on a new connection; raise NoAnswerError if there is none."""
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
    """Yield the response to GET `target` as soon as its headers have arrived; close the connection at the end."""
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
    """Yield the pieces of a body as they arrive, each with the moment of its arrival."""
    while piece := response.read1(65536):
        yield time.perf_counter(), piece
