"""What a WSGI server does alone: the application is one function that uses no framework, and improves nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lab.probes import kit
from lab.probes.kit import capability

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], object]
Handler = Callable[[Environ, str], Iterable[bytes]]

ROUTES: dict[str, Handler] = {}
"""The handler of each first segment; what follows it is handed over as the server decoded it."""


def app(environ: Environ, start_response: Start) -> Iterable[bytes]:
    """Answer GET and POST by the first segment of the path, and everything else with 404 or 405."""
    _, name, *rest = environ["PATH_INFO"].split("/")
    if name not in ROUTES or len(rest) > (name == "text"):
        return refused(start_response, "404 Not Found")
    if environ["REQUEST_METHOD"] not in ("GET", "POST"):
        return refused(start_response, "405 Method Not Allowed")
    body = ROUTES[name](environ, rest[0] if rest else "")
    kind = "text/plain" if name == "ping" or isinstance(body, Iterator) else "application/json"
    length = [] if isinstance(body, Iterator) else [("Content-Length", str(sum(map(len, body))))]
    start_response("200 OK", [("Content-Type", kind), *length])
    return body


def refused(start_response: Start, status: str) -> Iterable[bytes]:
    """Return an empty response with a status."""
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]


@capability("ping")
def ping() -> None:
    ROUTES["ping"] = lambda environ, rest: [b"pong"]


@capability("path-text")
def path_text() -> None:
    def handler(environ: Environ, rest: str) -> Iterable[bytes]:
        return [json.dumps({"value": rest.encode("latin-1").decode("utf-8", "replace")}).encode()]

    ROUTES["text"] = handler


@capability("async-sleep")
def async_sleep() -> None:
    """Wait as long as the async handlers of a framework do: WSGI has no others."""

    def handler(environ: Environ, rest: str) -> Iterable[bytes]:
        time.sleep(kit.PAUSE)
        return [b'{"slept": true}']

    ROUTES["async-sleep"] = handler


@capability("blocking-sleep")
def blocking_sleep() -> None:
    def handler(environ: Environ, rest: str) -> Iterable[bytes]:
        kit.block()
        return [b'{"slept": true}']

    ROUTES["blocking-sleep"] = handler


@capability("body-length")
def body_length() -> None:
    def handler(environ: Environ, rest: str) -> Iterable[bytes]:
        remaining, length = int(environ.get("CONTENT_LENGTH") or 0), 0
        while remaining > 0 and (piece := environ["wsgi.input"].read(min(remaining, 65536))):
            length += len(piece)
            remaining -= len(piece)
        return [json.dumps({"length": length}).encode()]

    ROUTES["length"] = handler


@capability("stream")
def stream() -> None:
    ROUTES["stream"] = lambda environ, rest: kit.chunks()


@capability("flood")
def flood() -> None:
    ROUTES["flood"] = lambda environ, rest: kit.flood()


@capability("ticks")
def ticks() -> None:
    ROUTES["ticks"] = lambda environ, rest: kit.ticks()
