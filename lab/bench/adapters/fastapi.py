"""FastAPI with handlers that are coroutines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Receive, Scope, Send

from lab.bench import kit

templates = Jinja2Templates(directory=kit.TEMPLATES)


class Greeting(BaseModel):
    message: str


class Queried(BaseModel):
    id: int
    q: str


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float
    tags: list[str]


class NewRow(BaseModel):
    name: str
    value: int


class Row(NewRow):
    id: int


class Waited(BaseModel):
    waited: int


class Size(BaseModel):
    bytes: int


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.rows = await kit.open_rows_async()
    yield
    await app.state.rows.close()


class Layer:
    """Middleware in pure ASGI, which the documentation names beside its own decorator."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


app = FastAPI(lifespan=lifespan)
for _ in kit.MIDDLEWARE:
    app.add_middleware(Layer)


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return kit.GREETING


@app.get("/json")
async def greeting() -> Greeting:
    return Greeting(message=kit.GREETING)


@app.get("/items/{id}")
async def item(id: int, q: str) -> Queried:
    return Queried(id=id, q=q)


@app.post("/items", status_code=201)
async def add_item(item: Item) -> Item:
    return item


@app.get("/row/{id}")
async def row(request: Request, id: int) -> Row:
    return await request.app.state.rows.one(id)


@app.get("/rows")
async def some_rows(request: Request) -> list[Row]:
    return await request.app.state.rows.some()


@app.post("/rows", status_code=201)
async def add_row(request: Request, new: NewRow) -> Row:
    return await request.app.state.rows.add(new.name, new.value)


@app.get("/wait")
async def wait() -> Waited:
    await kit.wait_async()
    return Waited(waited=50)


@app.get("/template", response_class=HTMLResponse)
async def template(request: Request) -> Any:
    return templates.TemplateResponse(request, "rows.html", {"rows": kit.TABLE})


@app.post("/upload")
async def upload(request: Request) -> Size:
    return Size(bytes=len(await request.body()))


@app.get("/download")
async def download() -> StreamingResponse:
    return StreamingResponse(kit.pieces_async(), media_type="application/octet-stream")


async def ok() -> str:
    return "ok"


for number in kit.ROUTES:
    app.get(f"/route/{number}", response_class=PlainTextResponse)(ok)


@app.websocket("/ws")
async def websocket(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        while True:
            await websocket.send_text(await websocket.receive_text())
    except WebSocketDisconnect:
        pass
