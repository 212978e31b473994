"""Flask, with marshmallow for bodies."""

from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Length

from lab.bench import kit

rows = kit.open_rows()


class ItemSchema(Schema):
    name = fields.String(required=True, validate=Length(min=1))
    price = fields.Float(required=True)
    tags = fields.List(fields.String(), required=True)


class NewRowSchema(Schema):
    name = fields.String(required=True)
    value = fields.Integer(required=True)


item_schema, new_row_schema = ItemSchema(), NewRowSchema()
app = Flask(__name__, template_folder=kit.TEMPLATES)


@app.get("/plaintext")
def plaintext() -> Response:
    return Response(kit.GREETING, mimetype="text/plain")


@app.get("/json")
def greeting() -> dict[str, str]:
    return {"message": kit.GREETING}


@app.get("/items/<int:id>")
def item(id: int) -> dict[str, Any]:
    return {"id": id, "q": request.args["q"]}


@app.post("/items")
def add_item() -> tuple[dict[str, Any], int]:
    return item_schema.load(request.get_json()), 201


@app.get("/row/<int:id>")
def row(id: int) -> dict[str, Any] | None:
    return rows.one(id)


@app.get("/rows")
def some_rows() -> Response:
    return jsonify(rows.some())


@app.post("/rows")
def add_row() -> tuple[dict[str, Any], int]:
    new = new_row_schema.load(request.get_json())
    return rows.add(new["name"], new["value"]), 201


@app.get("/wait")
def wait() -> dict[str, int]:
    kit.wait()
    return {"waited": 50}


@app.get("/template")
def template() -> str:
    return render_template("rows.html", rows=kit.TABLE)


@app.post("/upload")
def upload() -> dict[str, int]:
    return {"bytes": len(request.get_data())}


@app.get("/download")
def download() -> Response:
    return Response(kit.pieces(), mimetype="application/octet-stream")


@app.errorhandler(ValidationError)
def refuse(error: ValidationError) -> tuple[dict[str, Any], int]:
    return {"errors": error.normalized_messages()}, 422


def ok() -> Response:
    return Response("ok", mimetype="text/plain")


for number in kit.ROUTES:
    app.add_url_rule(f"/route/{number}", f"route-{number}", ok)


class Layer:
    """Middleware is WSGI's."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.inner(environ, start_response)


for _ in kit.MIDDLEWARE:
    app.wsgi_app = Layer(app.wsgi_app)
