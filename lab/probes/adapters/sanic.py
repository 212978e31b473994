"""How Sanic registers the capabilities of the contract; some belong to Sanic Extensions, which bare setups lack."""

import sys
from dataclasses import asdict, dataclass
from typing import Any

from sanic import Blueprint, HTTPResponse, Request, Sanic, Websocket, json, text

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

GUIDE = "https://sanic.dev/en/guide"
EXTENSIONS = "https://sanic.dev/en/plugins/sanic-ext"

app = Sanic("probes")
app.config.TEMPLATING_PATH_TO_TEMPLATES = kit.TEMPLATES


@capability("cors")
def cors() -> None:
    from sanic_ext import Extend

    app.config.CORS_ORIGINS = kit.FRIEND
    Extend(app)


@capability("ping")
def ping() -> None:
    @app.get("/ping")
    async def ping(request: Request) -> HTTPResponse:
        return text("pong")


@capability("async-sleep")
def async_sleep() -> None:
    @app.get("/async-sleep")
    async def async_sleep(request: Request) -> HTTPResponse:
        await kit.pause()
        return json({"slept": True})


@capability("blocking-sleep")
def blocking_sleep() -> None:
    @app.get("/blocking-sleep")
    def blocking_sleep(request: Request) -> HTTPResponse:
        kit.block()
        return json({"slept": True})


@capability("query")
def query() -> None:
    @app.get("/query")
    async def query(request: Request) -> HTTPResponse:
        return json({"tag": request.args.getlist("tag")})


UNQUOTE = "https://sanic.dev/api/sanic.app.html"
optin("encoded-path", how="unquote=True on the route", documentation=UNQUOTE)
optin("encoded-slash", how="unquote=True on the route", documentation=UNQUOTE)


@capability("path-text")
def path_text() -> None:
    @app.get("/text/<value>", unquote=kit.OPTED_IN)
    async def path_text(request: Request, value: str) -> HTTPResponse:
        return json({"value": value})


@capability("typed-path")
def typed_path() -> None:
    @app.get("/number/<value:int>")
    async def typed_path(request: Request, value: int) -> HTTPResponse:
        return json({"value": value})


missing(
    "typed-query",
    "request.args holds text. Sanic Extensions validates the whole query against a model, not a parameter.",
    documentation=f"{EXTENSIONS}/validation.html",
)


@capability("json-body")
def json_body() -> None:
    @app.post("/json")
    async def json_body(request: Request) -> HTTPResponse:
        return json({"received": request.json})


VALIDATION = f"{EXTENSIONS}/validation.html"


@optin("validation-error", how="a Pydantic model instead of a dataclass", documentation=VALIDATION)
@optin("float-for-integer", how="a Pydantic model instead of a dataclass", documentation=VALIDATION)
def pydantic_item() -> type:
    from pydantic import BaseModel

    class Item(BaseModel):
        name: str
        quantity: int

    return Item


@capability("validation")
def validation() -> None:
    from sanic_ext import validate

    @dataclass
    class Item:
        name: str
        quantity: int

    @app.post("/items")
    @validate(json=pydantic_item() if kit.OPTED_IN else Item)
    async def validation(request: Request, body: Any) -> HTTPResponse:
        return json(body.model_dump() if kit.OPTED_IN else asdict(body))


missing(
    "response-model",
    "Sanic Extensions applies a serializer function to what a handler returns; it knows no schema of the response.",
    documentation=f"{EXTENSIONS}/convenience.html",
)


@capability("form")
def form() -> None:
    @app.post("/form")
    async def form(request: Request) -> HTTPResponse:
        return json({"a": request.form.get("a")})


@capability("upload")
def upload() -> None:
    @app.post("/upload")
    async def upload(request: Request) -> HTTPResponse:
        file = request.files.get("file")
        return json({"name": file.name, "size": len(file.body)})


@capability("body-length")
def body_length() -> None:
    @app.post("/length")
    async def body_length(request: Request) -> HTTPResponse:
        return json({"length": len(request.body)})


@capability("template")
def template() -> None:
    @app.get("/template")
    @app.ext.template("hello.html")
    async def template(request: Request) -> dict[str, str]:
        return {"name": request.args.get("name")}


missing(
    "session",
    "Neither Sanic nor Sanic Extensions has sessions; cookies are set and read by hand.",
    documentation=f"{GUIDE}/basics/cookies.html",
)


@capability("stream")
def stream() -> None:
    @app.get("/stream")
    async def stream(request: Request) -> None:
        response = await request.respond(content_type="text/plain")
        async for chunk in kit.chunks_async():
            await response.send(chunk)


missing(
    "events",
    "The list of responses has none for events, and the guide's page on them is an empty placeholder.",
    documentation=f"{GUIDE}/basics/response.html",
)


@capability("flood")
def flood() -> None:
    @app.get("/flood")
    async def flood(request: Request) -> None:
        response = await request.respond(content_type="application/octet-stream")
        async for chunk in kit.flood_async():
            await response.send(chunk)


@capability("ticks")
def ticks() -> None:
    @app.get("/ticks")
    async def ticks(request: Request) -> None:
        response = await request.respond(content_type="text/plain")
        async for tick in kit.ticks_async():
            await response.send(tick)


@capability("background")
def background() -> None:
    @app.get("/background")
    async def background(request: Request) -> HTTPResponse:
        request.app.add_task(kit.work_async())
        return json({"started": True})


@capability("lifespan")
def lifespan() -> None:
    @app.before_server_start
    async def start(app: Sanic) -> None:
        kit.started()

    @app.after_server_stop
    async def stop(app: Sanic) -> None:
        kit.stopped()


@capability("error")
def error() -> None:
    @app.get("/error")
    async def error(request: Request) -> HTTPResponse:
        raise kit.failure()


@capability("websocket")
def websocket() -> None:
    @app.websocket("/ws")
    async def websocket(request: Request, ws: Websocket) -> None:
        async for message in ws:
            await ws.send(message)


@capability("injection")
def injection() -> None:
    @dataclass
    class Dependency:
        value: str

    app.ext.dependency(Dependency("provided"))

    @app.get("/injected")
    async def injection(request: Request, dependency: Dependency) -> HTTPResponse:
        return json({"value": dependency.value})


@capability("group")
def group() -> None:
    blueprint = Blueprint("group", url_prefix="/group")

    @blueprint.get("/ping")
    async def ping(request: Request) -> HTTPResponse:
        return text("pong")

    app.blueprint(blueprint)


@capability("static")
def static() -> None:
    app.static("/static", kit.STATIC)


@capability("nan")
def nan() -> None:
    @app.get("/nan")
    async def nan(request: Request) -> HTTPResponse:
        return json({"value": float("nan")})


@capability("openapi")
def openapi() -> str:
    return f"{app.ext.config.OAS_URL_PREFIX}{app.ext.config.OAS_URI_TO_JSON}"


@capability("docs-ui")
def docs_ui() -> str:
    return str(app.ext.config.OAS_URL_PREFIX)


@capability("test-client")
def test_client() -> tuple[int, str]:
    _, response = app.test_client.get("/ping")
    return response.status, response.text


@capability("command-line")
def command_line() -> list[str]:
    return ["sanic", "--help"]


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, motd=False)
