"""Sanic with Sanic Extensions, and Pydantic for bodies."""

import sys
from typing import Any

from pydantic import BaseModel, Field
from sanic import HTTPResponse, Request, Sanic, Websocket, json, text
from sanic_ext import validate

from lab.bench import kit

app = Sanic("bench")
app.config.ACCESS_LOG = False
app.config.FALLBACK_ERROR_FORMAT = "json"
if kit.ROUTES:
    # For each route, Sanic Extensions adds HEAD and OPTIONS and compiles the router: a hundred take seconds to start,
    # a thousand minutes.
    app.config.HTTP_AUTO_HEAD = app.config.HTTP_AUTO_OPTIONS = app.config.CORS_AUTOMATIC_OPTIONS = False
app.config.TEMPLATING_PATH_TO_TEMPLATES = kit.TEMPLATES


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float
    tags: list[str]


class NewRow(BaseModel):
    name: str
    value: int


@app.before_server_start
async def open_table(app: Sanic) -> None:
    app.ctx.rows = await kit.open_rows_async()


@app.after_server_stop
async def close_table(app: Sanic) -> None:
    await app.ctx.rows.close()


@app.get("/plaintext")
async def plaintext(request: Request) -> HTTPResponse:
    return text(kit.GREETING)


@app.get("/json")
async def greeting(request: Request) -> HTTPResponse:
    return json({"message": kit.GREETING})


@app.get("/items/<id:int>")
async def item(request: Request, id: int) -> HTTPResponse:
    return json({"id": id, "q": request.args.get("q")})


@app.post("/items")
@validate(json=Item)
async def add_item(request: Request, body: Item) -> HTTPResponse:
    return json(body.model_dump(), status=201)


@app.get("/row/<id:int>")
async def row(request: Request, id: int) -> HTTPResponse:
    return json(await request.app.ctx.rows.one(id))


@app.get("/rows")
async def some_rows(request: Request) -> HTTPResponse:
    return json(await request.app.ctx.rows.some())


@app.post("/rows")
@validate(json=NewRow)
async def add_row(request: Request, body: NewRow) -> HTTPResponse:
    return json(await request.app.ctx.rows.add(body.name, body.value), status=201)


@app.get("/wait")
async def wait(request: Request) -> HTTPResponse:
    await kit.wait_async()
    return json({"waited": 50})


@app.get("/template")
@app.ext.template("rows.html")
async def template(request: Request) -> dict[str, Any]:
    return {"rows": kit.TABLE}


@app.post("/upload")
async def upload(request: Request) -> HTTPResponse:
    return json({"bytes": len(request.body)})


@app.get("/download")
async def download(request: Request) -> None:
    response = await request.respond(content_type="application/octet-stream")
    async for piece in kit.pieces_async():
        await response.send(piece)


@app.websocket("/ws")
async def echo(request: Request, ws: Websocket) -> None:
    # Under ASGI, it cannot be iterated.
    while (message := await ws.recv()) is not None:
        await ws.send(message)


async def ok(request: Request) -> HTTPResponse:
    return text("ok")


for number in kit.ROUTES:
    app.add_route(ok, f"/route/{number}", name=f"route_{number}")


def add_layer() -> None:
    @app.on_request
    async def before(request: Request) -> None:
        pass

    @app.on_response
    async def after(request: Request, response: HTTPResponse) -> None:
        pass


for _ in kit.MIDDLEWARE:
    add_layer()

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)
