"""Nameko's HTTP entrypoint, with marshmallow for bodies and Jinja for pages; no message broker runs."""

import json
import os
import sys
from typing import Any

import jinja2
from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Length
from nameko.extensions import DependencyProvider
from nameko.web.handlers import HttpRequestHandler
from nameko.web.server import WebServer
from werkzeug.wrappers import Request, Response

from lab.bench import kit

templates = jinja2.Environment(loader=jinja2.FileSystemLoader(kit.TEMPLATES), autoescape=True)


class ItemSchema(Schema):
    name = fields.String(required=True, validate=Length(min=1))
    price = fields.Float(required=True)
    tags = fields.List(fields.String(), required=True)


class NewRowSchema(Schema):
    name = fields.String(required=True)
    value = fields.Integer(required=True)


item_schema, new_row_schema = ItemSchema(), NewRowSchema()


class Layer:
    """Middleware is WSGI's."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.inner(environ, start_response)


class LayeredServer(WebServer):
    def get_wsgi_app(self) -> Any:
        app = super().get_wsgi_app()
        for _ in kit.MIDDLEWARE:
            app = Layer(app)
        return app


class LayeredHandler(HttpRequestHandler):
    server = LayeredServer()


http = LayeredHandler.decorator


class Table(DependencyProvider):
    def setup(self) -> None:
        self.rows = kit.open_rows()

    def stop(self) -> None:
        self.rows.close()

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self.rows


def answer(value: object, status: int = 200) -> Response:
    return Response(json.dumps(value), status=status, mimetype="application/json")


class Service:
    name = "bench"
    rows = Table()

    @http("GET", "/plaintext")
    def plaintext(self, request: Request) -> Response:
        return Response(kit.GREETING, mimetype="text/plain")

    @http("GET", "/json")
    def greeting(self, request: Request) -> Response:
        return answer({"message": kit.GREETING})

    @http("GET", "/items/<int:id>")
    def item(self, request: Request, id: int) -> Response:
        return answer({"id": id, "q": request.args["q"]})

    @http("POST", "/items", expected_exceptions=ValidationError)
    def add_item(self, request: Request) -> Response:
        try:
            return answer(item_schema.load(request.get_json()), 201)
        except ValidationError as error:
            return answer({"errors": error.normalized_messages()}, 422)

    @http("GET", "/row/<int:id>")
    def row(self, request: Request, id: int) -> Response:
        return answer(self.rows.one(id))

    @http("GET", "/rows")
    def some_rows(self, request: Request) -> Response:
        return answer(self.rows.some())

    @http("POST", "/rows")
    def add_row(self, request: Request) -> Response:
        new = new_row_schema.load(request.get_json())
        return answer(self.rows.add(new["name"], new["value"]), 201)

    @http("GET", "/wait")
    def wait(self, request: Request) -> Response:
        kit.wait()
        return answer({"waited": 50})

    @http("GET", "/template")
    def template(self, request: Request) -> Response:
        return Response(templates.get_template("rows.html").render(rows=kit.TABLE), mimetype="text/html")

    @http("POST", "/upload")
    def upload(self, request: Request) -> Response:
        return answer({"bytes": len(request.get_data())})

    @http("GET", "/download")
    def download(self, request: Request) -> Response:
        return Response(kit.pieces(), mimetype="application/octet-stream")

    for number in kit.ROUTES:

        @http("GET", f"/route/{number}")
        def ok(self, request: Request) -> Response:
            return Response("ok", mimetype="text/plain")

        locals()[f"ok_{number}"] = ok


if __name__ == "__main__":
    configuration = kit.FOLDER / "config.yaml"
    address, quiet = f"127.0.0.1:{sys.argv[1]}", {"version": 1, "root": {"level": "WARNING"}}
    configuration.write_text(json.dumps({"WEB_SERVER_ADDRESS": address, "LOGGING": quiet}))
    os.execvp("nameko", ["nameko", "run", "--config", str(configuration), "lab.bench.adapters.nameko:Service"])
