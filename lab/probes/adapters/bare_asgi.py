"""What an ASGI server does alone: the application is one function that uses no framework, and improves nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from lab.probes import kit
from lab.probes.kit import capability

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Handler = Callable[[str, Receive, Send], Awaitable[None]]

ROUTES: dict[str, Handler] = {}
"""The handler of each first segment; what follows it is handed over as the server sent it."""


async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Lead each kind of connection to its function."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "websocket":
        await echo(receive, send)
    else:
        await answer(scope, receive, send)


async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer GET and POST by the first segment of the path, and everything else with 404 or 405."""
    _, name, *rest = scope["raw_path"].decode("latin-1").split("/")
    if name not in ROUTES or len(rest) > (name == "text"):
        await respond(send, b"", status=404)
    elif scope["method"] not in ("GET", "POST"):
        await respond(send, b"", status=405)
    else:
        await ROUTES[name](rest[0] if rest else "", receive, send)


async def respond(send: Send, body: bytes, status: int = 200, kind: bytes = b"text/plain") -> None:
    """Send a whole response."""
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def respond_json(send: Send, value: Any) -> None:
    """Send a value as JSON."""
    await respond(send, json.dumps(value).encode(), kind=b"application/json")


async def pour(send: Send, pieces: AsyncIterator[bytes]) -> None:
    """Send the pieces of a body, each as soon as it is ready."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    async for piece in pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def lifespan(receive: Receive, send: Send) -> None:
    """Say that start and stop are complete."""
    while True:
        event = (await receive())["type"]
        await send({"type": f"{event}.complete"})
        if event == "lifespan.shutdown":
            return


@capability("ping")
def ping() -> None:
    async def handler(rest: str, receive: Receive, send: Send) -> None:
        await respond(send, b"pong")

    ROUTES["ping"] = handler


@capability("path-text")
def path_text() -> None:
    async def handler(rest: str, receive: Receive, send: Send) -> None:
        await respond_json(send, {"value": unquote(rest)})

    ROUTES["text"] = handler


@capability("async-sleep")
def async_sleep() -> None:
    async def handler(rest: str, receive: Receive, send: Send) -> None:
        await kit.pause()
        await respond_json(send, {"slept": True})

    ROUTES["async-sleep"] = handler


@capability("blocking-sleep")
def blocking_sleep() -> None:
    async def handler(rest: str, receive: Receive, send: Send) -> None:
        kit.block()
        await respond_json(send, {"slept": True})

    ROUTES["blocking-sleep"] = handler


@capability("body-length")
def body_length() -> None:
    async def handler(rest: str, receive: Receive, send: Send) -> None:
        length, more = 0, True
        while more:
            event = await receive()
            if event["type"] == "http.disconnect":
                return
            length += len(event.get("body", b""))
            more = event.get("more_body", False)
        await respond_json(send, {"length": length})

    ROUTES["length"] = handler


@capability("stream")
def stream() -> None:
    async def handler(rest: str, receive: Receive, send: Send) -> None:
        await pour(send, kit.chunks_async())

    ROUTES["stream"] = handler


@capability("flood")
def flood() -> None:
    async def handler(rest: str, receive: Receive, send: Send) -> None:
        await pour(send, kit.flood_async())

    ROUTES["flood"] = handler


@capability("ticks")
def ticks() -> None:
    async def handler(rest: str, receive: Receive, send: Send) -> None:
        await pour(send, kit.ticks_async())

    ROUTES["ticks"] = handler


async def echo(receive: Receive, send: Send) -> None:
    """Accept a WebSocket and send every text message back."""
    while (event := await receive())["type"] != "websocket.disconnect":
        if event["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        else:
            await send({"type": "websocket.send", "text": event["text"]})


@capability("websocket")
def websocket() -> None:
    """Declare it: `app` leads to `echo`."""
