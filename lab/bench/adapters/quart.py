"""Quart, with Quart-Schema and Pydantic for bodies."""

from collections.abc import AsyncIterator
from typing import Any

from pydantic import BaseModel, Field
from quart import Quart, Response, current_app, jsonify, render_template, request, websocket
from quart_schema import QuartSchema, RequestSchemaValidationError, validate_request, validate_response

from lab.bench import kit

app = Quart(__name__, template_folder=str(kit.TEMPLATES))
app.config["MAX_CONTENT_LENGTH"] = kit.LARGEST
QuartSchema(app)


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float
    tags: list[str]


class NewRow(BaseModel):
    name: str
    value: int


class Row(NewRow):
    id: int


@app.before_serving
async def open_table() -> None:
    current_app.rows = await kit.open_rows_async()


@app.after_serving
async def close_table() -> None:
    await current_app.rows.close()


@app.get("/plaintext")
async def plaintext() -> Response:
    return Response(kit.GREETING, mimetype="text/plain")


@app.get("/json")
async def greeting() -> dict[str, str]:
    return {"message": kit.GREETING}


@app.get("/items/<int:id>")
async def item(id: int) -> dict[str, Any]:
    return {"id": id, "q": request.args["q"]}


@app.post("/items")
@validate_request(Item)
@validate_response(Item, 201)
async def add_item(data: Item) -> tuple[Item, int]:
    return data, 201


@app.get("/row/<int:id>")
async def row(id: int) -> dict[str, Any]:
    return await current_app.rows.one(id)


@app.get("/rows")
async def some_rows() -> Response:
    return jsonify(await current_app.rows.some())


@app.post("/rows")
@validate_request(NewRow)
@validate_response(Row, 201)
async def add_row(data: NewRow) -> tuple[Row, int]:
    return Row(**await current_app.rows.add(data.name, data.value)), 201


@app.get("/wait")
async def wait() -> dict[str, int]:
    await kit.wait_async()
    return {"waited": 50}


@app.get("/template")
async def template() -> str:
    return await render_template("rows.html", rows=kit.TABLE)


@app.post("/upload")
async def upload() -> dict[str, int]:
    return {"bytes": len(await request.get_data())}


@app.get("/download")
async def download() -> tuple[AsyncIterator[bytes], dict[str, str]]:
    return kit.pieces_async(), {"Content-Type": "application/octet-stream"}


@app.websocket("/ws")
async def echo() -> None:
    while True:
        await websocket.send(await websocket.receive())


@app.errorhandler(RequestSchemaValidationError)
async def refuse(error: RequestSchemaValidationError) -> tuple[dict[str, str], int]:
    return {"errors": str(error.validation_error)}, 400


async def ok() -> Response:
    return Response("ok", mimetype="text/plain")


for number in kit.ROUTES:
    app.add_url_rule(f"/route/{number}", f"route-{number}", ok)


class Layer:
    """Middleware is ASGI's."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.inner(scope, receive, send)


for _ in kit.MIDDLEWARE:
    app.asgi_app = Layer(app.asgi_app)
