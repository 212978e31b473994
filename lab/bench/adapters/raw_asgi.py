"""ASGI without a framework: the least that a server can be asked to run."""

import html
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from lab.bench import kit

Scope, Message = dict[str, Any], dict[str, Any]
Receive, Send = Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

TEXT, JSON, BYTES = b"text/plain; charset=utf-8", b"application/json", b"application/octet-stream"
rows: Any = None


async def answer(send: Send, body: bytes, kind: bytes = JSON, status: int = 200) -> None:
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def dump(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def mistakes(item: Any) -> list[str]:
    found = []
    if not isinstance(item.get("name"), str) or not item["name"]:
        found.append("name")
    if not isinstance(item.get("price"), int | float):
        found.append("price")
    if not isinstance(item.get("tags"), list) or not all(isinstance(tag, str) for tag in item["tags"]):
        found.append("tags")
    return found


async def plaintext(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, kit.GREETING.encode(), TEXT)


async def greeting(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, dump({"message": kit.GREETING}))


async def item(scope: Scope, receive: Receive, send: Send) -> None:
    query = parse_qs(scope["query_string"].decode())
    await answer(send, dump({"id": int(scope["path"][7:]), "q": query["q"][0]}))


async def add_item(scope: Scope, receive: Receive, send: Send) -> None:
    received = json.loads(await read(receive))
    if wrong := mistakes(received):
        await answer(send, dump({"mistakes": wrong}), status=422)
    else:
        await answer(send, dump(received), status=201)


async def row(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, dump(await rows.one(int(scope["path"][5:]))))


async def some_rows(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, dump(await rows.some()))


async def add_row(scope: Scope, receive: Receive, send: Send) -> None:
    received = json.loads(await read(receive))
    await answer(send, dump(await rows.add(received["name"], received["value"])), status=201)


async def wait(scope: Scope, receive: Receive, send: Send) -> None:
    await kit.wait_async()
    await answer(send, dump({"waited": 50}))


def table() -> str:
    cells = "".join(
        f"<tr><td>{row['id']}</td><td>{html.escape(row['name'])}</td><td>{row['value']}</td></tr>" for row in kit.TABLE
    )
    return f"<!doctype html><html><head><title>Rows</title></head><body><table>{cells}</table></body></html>"


async def template(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, table().encode(), b"text/html; charset=utf-8")


async def upload(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, dump({"bytes": len(await read(receive))}))


async def download(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", BYTES)]})
    async for piece in kit.pieces_async():
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def ok(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, b"ok", TEXT)


async def websocket(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    global rows
    await receive()
    rows = await kit.open_rows_async()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await rows.close()
    await send({"type": "lifespan.shutdown.complete"})


ROUTES: dict[tuple[str, str], Application] = {
    ("GET", "/plaintext"): plaintext,
    ("GET", "/json"): greeting,
    ("POST", "/items"): add_item,
    ("GET", "/rows"): some_rows,
    ("POST", "/rows"): add_row,
    ("GET", "/wait"): wait,
    ("GET", "/template"): template,
    ("POST", "/upload"): upload,
    ("GET", "/download"): download,
    **{("GET", f"/route/{number}"): ok for number in kit.ROUTES},
}


async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await websocket(scope, receive, send)
    elif scope["type"] == "lifespan":
        await lifespan(scope, receive, send)
    elif found := ROUTES.get((scope["method"], scope["path"])):
        await found(scope, receive, send)
    elif scope["path"].startswith("/items/"):
        await item(scope, receive, send)
    elif scope["path"].startswith("/row/"):
        await row(scope, receive, send)
    else:
        await answer(send, b"Not Found", TEXT, 404)


def layer(inner: Application) -> Application:
    async def outer(scope: Scope, receive: Receive, send: Send) -> None:
        await inner(scope, receive, send)

    return outer


app: Application = dispatch
for _ in kit.MIDDLEWARE:
    app = layer(app)
