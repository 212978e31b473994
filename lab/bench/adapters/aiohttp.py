"""aiohttp, with Pydantic for bodies and aiohttp-jinja2 for pages."""

import sys
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import aiohttp_jinja2
import jinja2
from aiohttp import WSMsgType, web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, Field, ValidationError

from lab.bench import kit
from lab.bench.rows import AsyncRows

routes = web.RouteTableDef()
ROWS = web.AppKey("rows", AsyncRows)
Model = TypeVar("Model", bound=BaseModel)


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float
    tags: list[str]


class NewRow(BaseModel):
    name: str
    value: int


async def table(app: web.Application) -> AsyncIterator[None]:
    app[ROWS] = await kit.open_rows_async()
    yield
    await app[ROWS].close()


async def received(request: web.Request, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        raise web.HTTPUnprocessableEntity(text=error.json(), content_type="application/json") from None


@routes.get("/plaintext")
async def plaintext(request: web.Request) -> web.Response:
    return web.Response(text=kit.GREETING)


@routes.get("/json")
async def greeting(request: web.Request) -> web.Response:
    return web.json_response({"message": kit.GREETING})


@routes.get(r"/items/{id:\d+}")
async def item(request: web.Request) -> web.Response:
    return web.json_response({"id": int(request.match_info["id"]), "q": request.query["q"]})


@routes.post("/items")
async def add_item(request: web.Request) -> web.Response:
    item = await received(request, Item)
    return web.json_response(item.model_dump(), status=201)


@routes.get(r"/row/{id:\d+}")
async def row(request: web.Request) -> web.Response:
    return web.json_response(await request.app[ROWS].one(int(request.match_info["id"])))


@routes.get("/rows")
async def some_rows(request: web.Request) -> web.Response:
    return web.json_response(await request.app[ROWS].some())


@routes.post("/rows")
async def add_row(request: web.Request) -> web.Response:
    new = await received(request, NewRow)
    return web.json_response(await request.app[ROWS].add(new.name, new.value), status=201)


@routes.get("/wait")
async def wait(request: web.Request) -> web.Response:
    await kit.wait_async()
    return web.json_response({"waited": 50})


@routes.get("/template")
@aiohttp_jinja2.template("rows.html")
async def template(request: web.Request) -> dict[str, Any]:
    return {"rows": kit.TABLE}


@routes.post("/upload")
async def upload(request: web.Request) -> web.Response:
    return web.json_response({"bytes": len(await request.read())})


@routes.get("/download")
async def download(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
    await response.prepare(request)
    async for piece in kit.pieces_async():
        await response.write(piece)
    await response.write_eof()
    return response


@routes.get("/ws")
async def websocket(request: web.Request) -> web.WebSocketResponse:
    websocket = web.WebSocketResponse()
    await websocket.prepare(request)
    async for message in websocket:
        if message.type is WSMsgType.TEXT:
            await websocket.send_str(message.data)
    return websocket


async def ok(request: web.Request) -> web.Response:
    return web.Response(text="ok")


@web.middleware
async def layer(request: web.Request, handler: Handler) -> web.StreamResponse:
    return await handler(request)


app = web.Application(middlewares=[layer for _ in kit.MIDDLEWARE], client_max_size=kit.LARGEST)
app.cleanup_ctx.append(table)
aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(kit.TEMPLATES))
app.add_routes(routes)
app.add_routes([web.get(f"/route/{number}", ok) for number in kit.ROUTES])

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
