"""The negative control: a server that does everything wrong, so that a probe which passes here asks nothing.

On the standard library alone, one request at a time, one request a connection, whatever comes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import sys
import time
from collections.abc import Callable
from urllib.parse import unquote

from lab.probes import kit
from lab.probes.kit import CAPABILITIES, capability

Reply = tuple[int, str, bytes]

JSON_OF = {
    "async-sleep": {"slept": True},
    "query": {"tag": "b"},
    "typed-query": {"number": "7"},
    "form": {"a": ["1"]},
    "upload": {"name": "", "size": 0},
    "model": {"name": "a", "quantity": 1, "secret": "s3"},
    "injected": {"value": None},
}
"""What is answered to everybody."""


def wrong(method: str, path: str, body: bytes) -> Reply:
    """Return the answer to a request, whatever its method unless that is HEAD: status, content type, body."""
    if method == "HEAD" or path == "/ping/":
        return 501, "text/plain", b""
    name, _, rest = path.lstrip("/").partition("?")[0].partition("/")
    if name in SPECIAL:
        return SPECIAL[name](rest, body)
    return 200, "application/json", json.dumps(JSON_OF.get(name, {})).encode()


def _ping(rest: str, body: bytes) -> Reply:
    return 200, "text/plain", b"pong"


def _sleep(rest: str, body: bytes) -> Reply:
    time.sleep(0.06)
    return 200, "application/json", b'{"slept": true}'


def _block(rest: str, body: bytes) -> Reply:
    kit.block()
    return 200, "application/json", b'{"slept": true}'


def _text(rest: str, body: bytes) -> Reply:
    if "%FF" in rest:
        return 500, "text/plain", b""
    value = unquote(unquote(rest)).partition("/")[2] or unquote(unquote(rest))
    return 200, "application/json", json.dumps({"value": value}).encode()


def _number(rest: str, body: bytes) -> Reply:
    return 200, "application/json", json.dumps({"value": rest}).encode()


def _json(rest: str, body: bytes) -> Reply:
    try:
        return 200, "application/json", json.dumps({"received": json.loads(body)}).encode()
    except ValueError:
        return 500, "text/plain", b""


def _items(rest: str, body: bytes) -> Reply:
    return 200, "application/json", body


def _length(rest: str, body: bytes) -> Reply:
    return 200, "application/json", json.dumps({"length": len(body)}).encode()


def _template(rest: str, body: bytes) -> Reply:
    return 200, "text/plain", b"<p>Hello, <script>1</script>!</p>"


def _chunks(rest: str, body: bytes) -> Reply:
    return 200, "text/plain", b"".join(kit.chunks())


def _events(rest: str, body: bytes) -> Reply:
    return 200, "text/event-stream", b"".join(b"data: %d\n\n" % number for number in kit.numbers())


def _flood(rest: str, body: bytes) -> Reply:
    return 200, "application/octet-stream", b"".join(kit.flood())


def _background(rest: str, body: bytes) -> Reply:
    kit.work()
    return 200, "application/json", b'{"started": true}'


def _error(rest: str, body: bytes) -> Reply:
    return 500, "text/plain", f"Traceback: {kit.CONFIDENTIAL}".encode()


def _nan(rest: str, body: bytes) -> Reply:
    return 200, "application/json", b'{"value": NaN}'


def _static(rest: str, body: bytes) -> Reply:
    file = kit.STATIC / unquote(unquote(rest))
    return (200, "application/json", file.read_bytes()) if file.is_file() else (404, "text/plain", b"")


SPECIAL: dict[str, Callable[[str, bytes], Reply]] = {
    "ping": _ping,
    "async-sleep": _sleep,
    "blocking-sleep": _block,
    "text": _text,
    "number": _number,
    "json": _json,
    "items": _items,
    "length": _length,
    "template": _template,
    "stream": _chunks,
    "events": _events,
    "flood": _flood,
    "background": _background,
    "error": _error,
    "nan": _nan,
    "static": _static,
}


def serve(port: int) -> None:
    """Answer one connection after the other, for ever."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        kit.started()
        while True:
            connection, _ = listening.accept()
            with connection:
                try:
                    answer(connection)
                except OSError:
                    continue


def answer(connection: socket.socket) -> None:
    """Read one request and answer it."""
    connection.settimeout(5)
    head, body = b"", b""
    while b"\r\n\r\n" not in head:
        received = connection.recv(65536)
        if not received:
            return
        head += received
    head, _, body = head.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    parts = [body]
    missing = int(headers.get("content-length", 0)) - len(body)
    while missing > 0 and (received := connection.recv(1 << 20)):
        parts.append(received)
        missing -= len(received)
    method, path, _ = lines[0].split(" ")
    if path == "/ws":
        echo(connection, headers)
    elif path == "/ticks":
        pour(connection)
    else:
        reply(connection, wrong(method, path, b"".join(parts)), headers.get("origin", ""))


def reply(connection: socket.socket, answered: Reply, origin: str) -> None:
    """Send an answer with a bare cookie, to everybody, and close."""
    status, kind, body = answered
    head = f"HTTP/1.1 {status} Whatever\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    head += f"Access-Control-Allow-Origin: {origin}\r\nSet-Cookie: s=1\r\nConnection: close\r\n\r\n"
    connection.sendall(head.encode() + body)


def pour(connection: socket.socket) -> None:
    """Send the lines, and go on when nobody is there any more."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    for line in kit.ticks():
        try:
            connection.sendall(line)
        except OSError:
            continue


def echo(connection: socket.socket, headers: dict[str, str]) -> None:
    """Accept a WebSocket and send back short messages wrongly, and long ones whatever their length."""
    secret = f"{headers.get('sec-websocket-key', '')}258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    accept = base64.b64encode(hashlib.sha1(secret.encode(), usedforsecurity=False).digest()).decode()
    head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    connection.sendall(f"{head}Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
    with connection.makefile("rb") as reader:
        start = reader.read(2)
        short = start[1] & 127
        length = short if short < 126 else int.from_bytes(reader.read(2 if short == 126 else 8), "big")
        mask = reader.read(4)
        masked = int.from_bytes(reader.read(length), "big")
    payload = (masked ^ int.from_bytes((mask * (length // 4 + 1))[:length], "big")).to_bytes(length, "big")
    if length < 126:
        connection.sendall(bytes((0x81, 3)) + b"huh")
    else:
        connection.sendall(bytes((0x81, 127)) + length.to_bytes(8, "big") + payload)


for _name in CAPABILITIES:
    if _name not in ("openapi", "docs-ui", "test-client", "command-line"):
        capability(_name)(lambda: None)


@capability("openapi")
def openapi() -> str:
    return "/openapi.json"


@capability("docs-ui")
def docs_ui() -> str:
    return "/docs"


@capability("test-client")
def test_client() -> tuple[int, str]:
    return 200, "pang"


@capability("command-line")
def command_line() -> list[str]:
    return [sys.executable, "-c", "print('no help')"]


if __name__ == "__main__":
    serve(int(sys.argv[1]))
