"""Responder, with coroutines as handlers and its own models and templates."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pydantic import BaseModel, Field
from responder import API, Query, Request, Response

from lab.bench import kit


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float
    tags: list[str]


class NewRow(BaseModel):
    name: str
    value: int


@asynccontextmanager
async def table(app: API) -> AsyncIterator[None]:
    app.state.rows = await kit.open_rows_async()
    yield
    await app.state.rows.close()


app = API(
    templates_dir=str(kit.TEMPLATES),
    secret_key="only-for-benchmarks-0123456789-0123456789",
    lifespan=table,
    max_request_size=kit.LARGEST,
)


@app.get("/plaintext")
async def plaintext(req: Request, resp: Response) -> None:
    resp.text = kit.GREETING


@app.get("/json")
async def greeting(req: Request, resp: Response) -> None:
    resp.media = {"message": kit.GREETING}


@app.get("/items/{id:int}")
async def item(req: Request, resp: Response, *, id: int, q: str = Query(...)) -> None:
    resp.media = {"id": id, "q": q}


@app.post("/items", status_code=201)
async def add_item(req: Request, resp: Response, *, item: Item) -> Item:
    return item


@app.get("/row/{id:int}")
async def row(req: Request, resp: Response, *, id: int) -> None:
    resp.media = await app.state.rows.one(id)


@app.get("/rows")
async def some_rows(req: Request, resp: Response) -> None:
    resp.media = await app.state.rows.some()


@app.post("/rows", status_code=201)
async def add_row(req: Request, resp: Response, *, new: NewRow) -> None:
    resp.media = await app.state.rows.add(new.name, new.value)


@app.get("/wait")
async def wait(req: Request, resp: Response) -> None:
    await kit.wait_async()
    resp.media = {"waited": 50}


@app.get("/template")
async def template(req: Request, resp: Response) -> None:
    resp.html = app.template("rows.html", rows=kit.TABLE)


@app.post("/upload")
async def upload(req: Request, resp: Response) -> None:
    resp.media = {"bytes": len(await req.content)}


@app.get("/download")
async def download(req: Request, resp: Response) -> None:
    resp.mimetype = "application/octet-stream"
    resp.stream(kit.pieces_async)


@app.websocket_route("/ws")
async def echo(ws: Any) -> None:
    await ws.accept()
    async for message in ws.iter_text():
        await ws.send_text(message)


async def ok(req: Request, resp: Response) -> None:
    resp.text = "ok"


for number in kit.ROUTES:
    app.get(f"/route/{number}")(ok)


class Layer:
    """Middleware is ASGI's."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


for _ in kit.MIDDLEWARE:
    app.add_middleware(Layer)
