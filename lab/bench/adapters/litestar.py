"""Litestar, with msgspec for bodies and Jinja for pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from litestar import Litestar, MediaType, get, post, websocket_listener
from litestar.datastructures import State
from litestar.middleware import ASGIMiddleware
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Stream, Template
from litestar.template import TemplateConfig
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Meta, Struct

from lab.bench import kit


class Greeting(Struct):
    message: str


class Queried(Struct):
    id: int
    q: str


class Item(Struct):
    name: Annotated[str, Meta(min_length=1)]
    price: float
    tags: list[str]


class NewRow(Struct):
    name: str
    value: int


class Waited(Struct):
    waited: int


class Size(Struct):
    bytes: int


@asynccontextmanager
async def table(app: Litestar) -> AsyncIterator[None]:
    app.state.rows = await kit.open_rows_async()
    yield
    await app.state.rows.close()


@get("/plaintext", media_type=MediaType.TEXT)
async def plaintext() -> str:
    return kit.GREETING


@get("/json")
async def greeting() -> Greeting:
    return Greeting(message=kit.GREETING)


@get("/items/{id:int}")
async def item(id: int, q: str) -> Queried:
    return Queried(id=id, q=q)


@post("/items")
async def add_item(data: Item) -> Item:
    return data


@get("/row/{id:int}")
async def row(state: State, id: int) -> dict[str, str | int]:
    return await state.rows.one(id)


@get("/rows")
async def some_rows(state: State) -> list[dict[str, str | int]]:
    return await state.rows.some()


@post("/rows")
async def add_row(state: State, data: NewRow) -> dict[str, str | int]:
    return await state.rows.add(data.name, data.value)


@get("/wait")
async def wait() -> Waited:
    await kit.wait_async()
    return Waited(waited=50)


@get("/template")
async def template() -> Template:
    return Template(template_name="rows.html", context={"rows": kit.TABLE})


@post("/upload", status_code=200)
async def upload(body: bytes) -> Size:
    return Size(bytes=len(body))


@get("/download", media_type="application/octet-stream")
async def download() -> Stream:
    return Stream(kit.pieces_async())


@websocket_listener("/ws")
async def echo(data: str) -> str:
    return data


@get([f"/route/{number}" for number in kit.ROUTES], media_type=MediaType.TEXT)
async def ok() -> str:
    return "ok"


class Layer(ASGIMiddleware):
    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        await next_app(scope, receive, send)


handlers = [plaintext, greeting, item, add_item, row, some_rows, add_row, wait, template, upload, download, echo]
app = Litestar(
    route_handlers=[*handlers, ok] if kit.ROUTES else handlers,
    lifespan=[table],
    middleware=[Layer() for _ in kit.MIDDLEWARE],
    request_max_body_size=kit.LARGEST,
    template_config=TemplateConfig(directory=kit.TEMPLATES, engine=JinjaTemplateEngine),
)
