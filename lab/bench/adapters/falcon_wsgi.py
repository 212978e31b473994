"""Falcon under WSGI: resources with functions, its JSON Schema decorator, Jinja for pages."""

import jinja2
from falcon import HTTP_201, MEDIA_HTML, MEDIA_TEXT, App, Request, Response
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


rows = kit.open_rows()


class Plaintext:
    def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = MEDIA_TEXT
        resp.text = kit.GREETING


class Greeting:
    def on_get(self, req: Request, resp: Response) -> None:
        resp.media = {"message": kit.GREETING}


class Item:
    def on_get(self, req: Request, resp: Response, id: int) -> None:
        resp.media = {"id": id, "q": req.get_param("q", required=True)}


class Items:
    @jsonschema.validate(ITEM)
    def on_post(self, req: Request, resp: Response) -> None:
        resp.media = req.get_media()
        resp.status = HTTP_201


class Row:
    def on_get(self, req: Request, resp: Response, id: int) -> None:
        resp.media = rows.one(id)


class Rows:
    def on_get(self, req: Request, resp: Response) -> None:
        resp.media = rows.some()

    @jsonschema.validate(NEW_ROW)
    def on_post(self, req: Request, resp: Response) -> None:
        new = req.get_media()
        resp.media = rows.add(new["name"], new["value"])
        resp.status = HTTP_201


class Wait:
    def on_get(self, req: Request, resp: Response) -> None:
        kit.wait()
        resp.media = {"waited": 50}


class Template:
    def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = MEDIA_HTML
        resp.text = templates.get_template("rows.html").render(rows=kit.TABLE)


class Upload:
    def on_post(self, req: Request, resp: Response) -> None:
        resp.media = {"bytes": len(req.bounded_stream.read())}


class Download:
    def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = "application/octet-stream"
        resp.stream = kit.pieces()


class Ok:
    def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = MEDIA_TEXT
        resp.text = "ok"


class Layer:
    def process_request(self, req: Request, resp: Response) -> None:
        pass

    def process_response(self, req: Request, resp: Response, resource: object, req_succeeded: bool) -> None:
        pass


app = App(middleware=[Layer() for _ in kit.MIDDLEWARE])
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
for number in kit.ROUTES:
    app.add_route(f"/route/{number}", Ok())
