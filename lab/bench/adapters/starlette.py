"""Starlette, with Pydantic for bodies and Jinja for pages."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import BaseModel, Field, ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.templating import Jinja2Templates
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from lab.bench import kit

templates = Jinja2Templates(directory=kit.TEMPLATES)


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float
    tags: list[str]


class NewRow(BaseModel):
    name: str
    value: int


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[dict[str, object]]:
    rows = await kit.open_rows_async()
    yield {"rows": rows}
    await rows.close()


async def plaintext(request: Request) -> Response:
    return PlainTextResponse(kit.GREETING)


async def greeting(request: Request) -> Response:
    return JSONResponse({"message": kit.GREETING})


async def item(request: Request) -> Response:
    return JSONResponse({"id": request.path_params["id"], "q": request.query_params["q"]})


async def add_item(request: Request) -> Response:
    item = Item.model_validate_json(await request.body())
    return JSONResponse(item.model_dump(), status_code=201)


async def row(request: Request) -> Response:
    return JSONResponse(await request.state.rows.one(request.path_params["id"]))


async def some_rows(request: Request) -> Response:
    return JSONResponse(await request.state.rows.some())


async def add_row(request: Request) -> Response:
    new = NewRow.model_validate_json(await request.body())
    return JSONResponse(await request.state.rows.add(new.name, new.value), status_code=201)


async def wait(request: Request) -> Response:
    await kit.wait_async()
    return JSONResponse({"waited": 50})


async def template(request: Request) -> Response:
    return templates.TemplateResponse(request, "rows.html", {"rows": kit.TABLE})


async def upload(request: Request) -> Response:
    return JSONResponse({"bytes": len(await request.body())})


async def download(request: Request) -> Response:
    return StreamingResponse(kit.pieces_async(), media_type="application/octet-stream")


async def ok(request: Request) -> Response:
    return PlainTextResponse("ok")


async def websocket(websocket: WebSocket) -> None:
    await websocket.accept()
    async for message in websocket.iter_text():
        await websocket.send_text(message)


async def refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, ValidationError)
    return JSONResponse(json.loads(error.json()), status_code=422)


class Layer:
    """Middleware in pure ASGI, as the documentation recommends it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


app = Starlette(
    routes=[
        Route("/plaintext", plaintext),
        Route("/json", greeting),
        Route("/items/{id:int}", item),
        Route("/items", add_item, methods=["POST"]),
        Route("/row/{id:int}", row),
        Route("/rows", some_rows),
        Route("/rows", add_row, methods=["POST"]),
        Route("/wait", wait),
        Route("/template", template),
        Route("/upload", upload, methods=["POST"]),
        Route("/download", download),
        WebSocketRoute("/ws", websocket),
        *[Route(f"/route/{number}", ok) for number in kit.ROUTES],
    ],
    middleware=[Middleware(Layer) for _ in kit.MIDDLEWARE],
    exception_handlers={ValidationError: refuse},
    lifespan=lifespan,
)
