"""Falcon under ASGI: resources with coroutines, its JSON Schema decorator, Jinja for pages."""

from typing import Any

import jinja2
from falcon import HTTP_201, MEDIA_HTML, MEDIA_TEXT, WebSocketDisconnected
from falcon.asgi import App, Request, Response, WebSocket
from falcon.media.validators import jsonschema

from lab.bench import kit

ITEM = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "price": {"type": "number"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["name", "price", "tags"],
}
NEW_ROW = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "value": {"type": "integer"}},
    "required": ["name", "value"],
}
templates = jinja2.Environment(loader=jinja2.FileSystemLoader(kit.TEMPLATES), autoescape=True)


class Table:
    """A middleware component whose hooks open and close the table."""

    rows: Any

    async def process_startup(self, scope: dict[str, Any], event: dict[str, Any]) -> None:
        self.rows = await kit.open_rows_async()

    async def process_shutdown(self, scope: dict[str, Any], event: dict[str, Any]) -> None:
        await self.rows.close()


table = Table()


class Plaintext:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = MEDIA_TEXT
        resp.text = kit.GREETING


class Greeting:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.media = {"message": kit.GREETING}


class Item:
    async def on_get(self, req: Request, resp: Response, id: int) -> None:
        resp.media = {"id": id, "q": req.get_param("q", required=True)}


class Items:
    @jsonschema.validate(ITEM)
    async def on_post(self, req: Request, resp: Response) -> None:
        resp.media = await req.get_media()
        resp.status = HTTP_201


class Row:
    async def on_get(self, req: Request, resp: Response, id: int) -> None:
        resp.media = await table.rows.one(id)


class Rows:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.media = await table.rows.some()

    @jsonschema.validate(NEW_ROW)
    async def on_post(self, req: Request, resp: Response) -> None:
        new = await req.get_media()
        resp.media = await table.rows.add(new["name"], new["value"])
        resp.status = HTTP_201


class Wait:
    async def on_get(self, req: Request, resp: Response) -> None:
        await kit.wait_async()
        resp.media = {"waited": 50}


class Template:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = MEDIA_HTML
        resp.text = templates.get_template("rows.html").render(rows=kit.TABLE)


class Upload:
    async def on_post(self, req: Request, resp: Response) -> None:
        resp.media = {"bytes": len(await req.stream.read())}


class Download:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = "application/octet-stream"
        resp.stream = kit.pieces_async()


class Echo:
    async def on_websocket(self, req: Request, websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            while True:
                await websocket.send_text(await websocket.receive_text())
        except WebSocketDisconnected:
            pass


class Ok:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = MEDIA_TEXT
        resp.text = "ok"


class Layer:
    async def process_request(self, req: Request, resp: Response) -> None:
        pass

    async def process_response(self, req: Request, resp: Response, resource: object, req_succeeded: bool) -> None:
        pass


app = App(middleware=[table, *[Layer() for _ in kit.MIDDLEWARE]])
app.add_route("/plaintext", Plaintext())
app.add_route("/json", Greeting())
app.add_route("/items/{id:int}", Item())
app.add_route("/items", Items())
app.add_route("/row/{id:int}", Row())
app.add_route("/rows", Rows())
app.add_route("/wait", Wait())
app.add_route("/template", Template())
app.add_route("/upload", Upload())
app.add_route("/download", Download())
app.add_route("/ws", Echo())
for number in kit.ROUTES:
    app.add_route(f"/route/{number}", Ok())
