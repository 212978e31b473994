"""How Starlette registers the capabilities of the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

PACKAGES = "https://starlette.dev/third-party-packages/"

routes: list[BaseRoute] = []
middleware: list[Middleware] = []
settings: dict[str, Any] = {}


@capability("ping")
def ping() -> None:
    async def handler(request: Request) -> Response:
        return PlainTextResponse("pong")

    routes.append(Route("/ping", handler))


@capability("async-sleep")
def async_sleep() -> None:
    async def handler(request: Request) -> Response:
        await kit.pause()
        return JSONResponse({"slept": True})

    routes.append(Route("/async-sleep", handler))


@capability("blocking-sleep")
def blocking_sleep() -> None:
    def handler(request: Request) -> Response:
        kit.block()
        return JSONResponse({"slept": True})

    routes.append(Route("/blocking-sleep", handler))


@capability("query")
def query() -> None:
    async def handler(request: Request) -> Response:
        """
        responses:
          200:
            description: All values of the key tag.
        """
        return JSONResponse({"tag": request.query_params.getlist("tag")})

    routes.append(Route("/query", handler))


@capability("path-text")
def path_text() -> None:
    async def handler(request: Request) -> Response:
        return JSONResponse({"value": request.path_params["value"]})

    routes.append(Route("/text/{value}", handler))


@capability("typed-path")
def typed_path() -> None:
    async def handler(request: Request) -> Response:
        return JSONResponse({"value": request.path_params["value"]})

    routes.append(Route("/number/{value:int}", handler))


missing(
    "typed-query",
    "A handler takes the request and nothing else; its annotations are not read.",
    documentation="https://starlette.dev/requests/",
)


@capability("json-body")
def json_body() -> None:
    async def handler(request: Request) -> Response:
        return JSONResponse({"received": await request.json()})

    routes.append(Route("/json", handler, methods=["POST"]))


missing("validation", "Starlette validates no bodies; its list names packages that do.", documentation=PACKAGES)
missing(
    "response-model",
    "A response takes what it is given; no model is declared for it.",
    documentation="https://starlette.dev/responses/",
)


@capability("form")
def form() -> None:
    kit.require("python_multipart")

    async def handler(request: Request) -> Response:
        async with request.form() as data:
            return JSONResponse({"a": data["a"]})

    routes.append(Route("/form", handler, methods=["POST"]))


@capability("upload")
def upload() -> None:
    kit.require("python_multipart")

    async def handler(request: Request) -> Response:
        async with request.form() as data:
            file = data["file"]
            return JSONResponse({"name": file.filename, "size": len(await file.read())})

    routes.append(Route("/upload", handler, methods=["POST"]))


@capability("body-length")
def body_length() -> None:
    async def handler(request: Request) -> Response:
        return JSONResponse({"length": len(await request.body())})

    limit = 1_000_000 if kit.OPTED_IN else None
    routes.append(Route("/length", handler, methods=["POST"], max_body_size=limit))


optin(
    "body-limit",
    how="Route(…, max_body_size=1_000_000), or the same on the application, a mount or a router",
    documentation="https://starlette.dev/routing/",
)


@capability("template")
def template() -> None:
    from starlette.templating import Jinja2Templates

    templates = Jinja2Templates(kit.TEMPLATES)

    async def handler(request: Request) -> Response:
        return templates.TemplateResponse(request, "hello.html", {"name": request.query_params["name"]})

    routes.append(Route("/template", handler))


@capability("session")
def session() -> None:
    from starlette.middleware.sessions import SessionMiddleware

    middleware.append(Middleware(SessionMiddleware, secret_key=kit.KEY, https_only=kit.OPTED_IN))

    async def handler(request: Request) -> Response:
        request.session["user"] = "1"
        return JSONResponse({"user": request.session["user"]})

    routes.append(Route("/session", handler))


optin(
    "session-cookie",
    how="SessionMiddleware(…, https_only=True) adds Secure",
    documentation="https://starlette.dev/middleware/#sessionmiddleware",
)


@capability("stream")
def stream() -> None:
    async def handler(request: Request) -> Response:
        return StreamingResponse(kit.chunks_async(), media_type="text/plain")

    routes.append(Route("/stream", handler))


missing(
    "events",
    "There is no response for server-sent events; sse-starlette is a package of others.",
    documentation="https://starlette.dev/responses/",
)


@capability("flood")
def flood() -> None:
    async def handler(request: Request) -> Response:
        return StreamingResponse(kit.flood_async(), media_type="application/octet-stream")

    routes.append(Route("/flood", handler))


@capability("ticks")
def ticks() -> None:
    async def handler(request: Request) -> Response:
        return StreamingResponse(kit.ticks_async(), media_type="text/plain")

    routes.append(Route("/ticks", handler))


@capability("background")
def background() -> None:
    from starlette.background import BackgroundTask

    async def handler(request: Request) -> Response:
        return JSONResponse({"started": True}, background=BackgroundTask(kit.work))

    routes.append(Route("/background", handler))


@asynccontextmanager
async def start_and_stop(app: Starlette) -> AsyncIterator[None]:
    kit.started()
    yield
    kit.stopped()


@capability("lifespan")
def lifespan() -> None:
    settings["lifespan"] = start_and_stop


@capability("error")
def error() -> None:
    async def handler(request: Request) -> Response:
        raise kit.failure()

    routes.append(Route("/error", handler))


@capability("websocket")
def websocket() -> None:
    from starlette.websockets import WebSocket

    async def endpoint(connection: WebSocket) -> None:
        await connection.accept()
        async for message in connection.iter_text():
            await connection.send_text(message)

    routes.append(WebSocketRoute("/ws", endpoint))


missing("injection", "A handler takes the request and nothing else.", documentation="https://starlette.dev/routing/")


@capability("group")
def group() -> None:
    async def handler(request: Request) -> Response:
        return PlainTextResponse("pong")

    routes.append(Mount("/group", routes=[Route("/ping", handler)]))


@capability("static")
def static() -> None:
    from starlette.staticfiles import StaticFiles

    routes.append(Mount("/static", StaticFiles(directory=kit.STATIC)))


@capability("nan")
def nan() -> None:
    async def handler(request: Request) -> Response:
        return JSONResponse({"value": float("nan")})

    routes.append(Route("/nan", handler))


@capability("openapi")
def openapi() -> str:
    kit.require("yaml")
    from starlette.schemas import SchemaGenerator

    schemas = SchemaGenerator({"openapi": "3.1.0", "info": {"title": "Probes", "version": "1"}})

    async def handler(request: Request) -> Response:
        return JSONResponse(schemas.get_schema(routes=app.routes))

    routes.append(Route("/schema", handler))
    return "/schema"


missing(
    "docs-ui",
    "Schemas are generated as documents; no page shows them.",
    documentation="https://starlette.dev/schemas/",
)


@capability("cors")
def cors() -> None:
    from starlette.middleware.cors import CORSMiddleware

    middleware.append(Middleware(CORSMiddleware, allow_origins=[kit.FRIEND], allow_headers=["content-type"]))


@optin(
    "host-check",
    how="TrustedHostMiddleware with allowed_hosts",
    documentation="https://starlette.dev/middleware/#trustedhostmiddleware",
)
def host_check() -> None:
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    middleware.append(Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "testserver"]))


@capability("test-client")
def test_client() -> tuple[int, str]:
    from starlette.testclient import TestClient

    answer = TestClient(app).get("/ping")
    return answer.status_code, answer.text


missing(
    "command-line",
    "The package declares no command; the server's runs the application.",
    documentation="https://github.com/Kludex/starlette/blob/1.10.0/pyproject.toml",
)

app = Starlette(routes=routes, middleware=middleware, **settings)
