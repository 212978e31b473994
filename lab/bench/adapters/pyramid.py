"""Pyramid, with colander for bodies and pyramid_jinja2 for pages."""

from typing import Any

import colander
from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response

from lab.bench import kit

rows = kit.open_rows()


class Tags(colander.SequenceSchema):
    tag = colander.SchemaNode(colander.String())


class Item(colander.MappingSchema):
    name = colander.SchemaNode(colander.String())
    price = colander.SchemaNode(colander.Float())
    tags = Tags()


class NewRow(colander.MappingSchema):
    name = colander.SchemaNode(colander.String())
    value = colander.SchemaNode(colander.Integer())


item_schema, new_row_schema = Item(), NewRow()


def plaintext(request: Request) -> str:
    return kit.GREETING


def greeting(request: Request) -> dict[str, str]:
    return {"message": kit.GREETING}


def item(request: Request) -> dict[str, Any]:
    return {"id": int(request.matchdict["id"]), "q": request.GET["q"]}


def add_item(request: Request) -> dict[str, Any]:
    request.response.status_int = 201
    return item_schema.deserialize(request.json_body)


def row(request: Request) -> Any:
    return rows.one(int(request.matchdict["id"]))


def some_rows(request: Request) -> Any:
    return rows.some()


def add_row(request: Request) -> Any:
    new = new_row_schema.deserialize(request.json_body)
    request.response.status_int = 201
    return rows.add(new["name"], new["value"])


def wait(request: Request) -> dict[str, int]:
    kit.wait()
    return {"waited": 50}


def template(request: Request) -> dict[str, Any]:
    return {"rows": kit.TABLE}


def upload(request: Request) -> dict[str, int]:
    return {"bytes": len(request.body)}


def download(request: Request) -> Response:
    return Response(app_iter=kit.pieces(), content_type="application/octet-stream")


def ok(request: Request) -> str:
    return "ok"


def refuse(error: colander.Invalid, request: Request) -> dict[str, Any]:
    request.response.status_int = 422
    return {"errors": error.asdict()}


def add(config: Configurator, name: str, pattern: str, view: Any, method: str = "GET", renderer: str = "json") -> None:
    config.add_route(name, pattern, request_method=method)
    config.add_view(view, route_name=name, renderer=renderer)


with Configurator() as config:
    config.include("pyramid_jinja2")
    config.add_jinja2_renderer(".html")
    config.add_jinja2_search_path(str(kit.TEMPLATES), name=".html")
    add(config, "plaintext", "/plaintext", plaintext, renderer="string")
    add(config, "json", "/json", greeting)
    add(config, "item", r"/items/{id:\d+}", item)
    add(config, "add_item", "/items", add_item, "POST")
    add(config, "row", r"/row/{id:\d+}", row)
    add(config, "some_rows", "/rows", some_rows)
    add(config, "add_row", "/rows", add_row, "POST")
    add(config, "wait", "/wait", wait)
    add(config, "template", "/template", template, renderer="rows.html")
    add(config, "upload", "/upload", upload, "POST")
    add(config, "download", "/download", download)
    for number in kit.ROUTES:
        add(config, f"route-{number}", f"/route/{number}", ok, renderer="string")
    config.add_exception_view(refuse, context=colander.Invalid, renderer="json")
    for number in kit.MIDDLEWARE:
        # A tween is added by its name, and once for each name.
        config.add_tween(f"lab.bench.adapters.pyramid_tweens.layer_{number}")
    app = config.make_wsgi_app()
