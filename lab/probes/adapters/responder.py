"""How Responder registers the capabilities of the contract."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import responder
from pydantic import BaseModel
from responder import API, File, Form, Query, Request, Response, UploadFile

from lab.probes import kit
from lab.probes.kit import capability, optin

TOUR = "https://responder.kennethreitz.org/tour.html"
README = "https://github.com/kennethreitz/responder/blob/v9.2.0/README.md"

arguments: dict[str, Any] = {
    "secret_key": kit.KEY,
    "static_dir": str(kit.STATIC),
    "templates_dir": str(kit.TEMPLATES),
}


@capability("lifespan")
def lifespan() -> None:
    @asynccontextmanager
    async def hooks(app: API) -> AsyncIterator[None]:
        kit.started()
        yield
        kit.stopped()

    arguments["lifespan"] = hooks


@capability("cors")
def cors() -> None:
    arguments["cors"] = True
    arguments["cors_params"] = {"allow_origins": [kit.FRIEND]}


@optin("csrf", how="API(csrf=True)", documentation=README)
def csrf() -> None:
    arguments["csrf"] = True


@optin("host-check", how="API(allowed_hosts=[…])", documentation=f"{TOUR}#trusted-hosts")
def host_check() -> None:
    arguments["allowed_hosts"] = ["127.0.0.1"]


@optin("security-headers", how="API(security_headers=True)", documentation=f"{TOUR}#security-headers")
def security_headers() -> None:
    arguments["security_headers"] = True


@optin("openapi", how='API(openapi="3.1.0")', documentation=f"{TOUR}#openapi-documentation")
def write_openapi() -> None:
    arguments["openapi"] = "3.1.0"
    arguments["openapi_route"] = "/schema.json"


@optin("docs-page", how='API(docs_route="/docs")', documentation=f"{TOUR}#openapi-documentation")
def show_docs() -> None:
    arguments["docs_route"] = "/docs"


app = API(**arguments)


@capability("ping")
def ping() -> None:
    @app.get("/ping")
    def handler(req: Request, resp: Response) -> None:
        resp.text = "pong"


@capability("async-sleep")
def async_sleep() -> None:
    @app.get("/async-sleep")
    async def handler(req: Request, resp: Response) -> None:
        await kit.pause()
        resp.media = {"slept": True}


@capability("blocking-sleep")
def blocking_sleep() -> None:
    @app.get("/blocking-sleep")
    def handler(req: Request, resp: Response) -> None:
        kit.block()
        resp.media = {"slept": True}


@capability("query")
def query() -> None:
    @app.get("/query")
    def handler(req: Request, resp: Response, *, tag: list[str] = Query([])) -> None:
        resp.media = {"tag": tag}


@capability("path-text")
def path_text() -> None:
    @app.get("/text/{value}")
    def handler(req: Request, resp: Response, *, value: str) -> None:
        resp.media = {"value": value}


@capability("typed-path")
def typed_path() -> None:
    @app.get("/number/{value:int}")
    def handler(req: Request, resp: Response, *, value: int) -> None:
        resp.media = {"value": value}


@capability("typed-query")
def typed_query() -> None:
    @app.get("/typed-query")
    def handler(req: Request, resp: Response, *, number: int = Query(...)) -> None:
        resp.media = {"number": number}


@capability("json-body")
def json_body() -> None:
    @app.post("/json", csrf=False)
    async def handler(req: Request, resp: Response) -> None:
        resp.media = {"received": await req.media()}


STRICT = "https://docs.pydantic.dev/latest/concepts/strict_mode/"
optin("string-for-integer", how='model_config = {"strict": True} in the model', documentation=STRICT)
optin("boolean-for-integer", how='model_config = {"strict": True} in the model', documentation=STRICT)


@capability("validation")
def validation() -> None:
    class Item(BaseModel):
        model_config = {"strict": kit.OPTED_IN}

        name: str
        quantity: int

    @app.post("/items", csrf=False)
    def handler(req: Request, resp: Response, *, item: Item) -> Item:
        return item


@capability("response-model")
def response_model() -> None:
    class Item(BaseModel):
        name: str
        quantity: int

    @app.get("/model", response_model=Item)
    def handler(req: Request, resp: Response) -> None:
        resp.media = {"name": "a", "quantity": 1, "secret": "s3"}


@capability("form")
def form() -> None:
    @app.post("/form")
    def handler(req: Request, resp: Response, *, a: str = Form(...)) -> None:
        resp.media = {"a": a}


@capability("upload")
def upload() -> None:
    @app.post("/upload", csrf=False)
    async def handler(req: Request, resp: Response, *, file: UploadFile = File(...)) -> None:
        resp.media = {"name": file.filename, "size": len(await file.read())}


@capability("body-length")
def body_length() -> None:
    @app.post("/length", csrf=False)
    async def handler(req: Request, resp: Response) -> None:
        resp.media = {"length": len(await req.content)}


@capability("template")
def template() -> None:
    @app.get("/template")
    def handler(req: Request, resp: Response, *, name: str = Query(...)) -> None:
        resp.html = app.template("hello.html", name=name)


@capability("session")
def session() -> None:
    @app.get("/session")
    def handler(req: Request, resp: Response) -> None:
        resp.session["user"] = "1"
        resp.media = {"user": resp.session["user"]}


@capability("stream")
def stream() -> None:
    @app.get("/stream")
    def handler(req: Request, resp: Response) -> None:
        resp.mimetype = "text/plain"
        resp.stream(kit.chunks_async)


@capability("events")
def events() -> None:
    @app.sse("/events")
    async def handler(req: Request, resp: Response) -> AsyncIterator[responder.SSE[int]]:
        async for number in kit.numbers_async():
            yield responder.SSE(number)


@capability("flood")
def flood() -> None:
    @app.get("/flood")
    def handler(req: Request, resp: Response) -> None:
        resp.mimetype = "application/octet-stream"
        resp.stream(kit.flood_async)


@capability("ticks")
def ticks() -> None:
    @app.get("/ticks")
    def handler(req: Request, resp: Response) -> None:
        resp.mimetype = "text/plain"
        resp.stream(kit.ticks_async)


@capability("background")
def background() -> None:
    @app.get("/background")
    def handler(req: Request, resp: Response) -> None:
        resp.background(kit.work)
        resp.media = {"started": True}


@capability("error")
def error() -> None:
    @app.get("/error")
    def handler(req: Request, resp: Response) -> None:
        raise kit.failure()


@capability("websocket")
def websocket() -> None:
    @app.websocket_route("/ws")
    async def handler(ws: Any) -> None:
        await ws.accept()
        async for message in ws.iter_text():
            await ws.send_text(message)


@capability("injection")
def injection() -> None:
    @app.dependency()
    def provided() -> str:
        return "provided"

    @app.get("/injected")
    def handler(req: Request, resp: Response, *, provided: str) -> None:
        resp.media = {"value": provided}


@capability("group")
def group() -> None:
    group = app.group("/group")

    @group.get("/ping")
    def handler(req: Request, resp: Response) -> None:
        resp.text = "pong"


@capability("static")
def static() -> None:
    """Responder serves its static_dir by itself."""


@capability("nan")
def nan() -> None:
    @app.get("/nan")
    def handler(req: Request, resp: Response) -> None:
        resp.media = {"value": float("nan")}


@capability("openapi")
def openapi() -> str:
    return "/schema.json"


@capability("docs-ui")
def docs_ui() -> str:
    return "/docs"


@capability("test-client")
def test_client() -> tuple[int, str]:
    response = app.requests.get("/ping")
    return response.status_code, response.text


@capability("command-line")
def command_line() -> list[str]:
    return ["responder", "--help"]


if __name__ == "__main__":
    app.run(address="127.0.0.1", port=int(sys.argv[1]))
