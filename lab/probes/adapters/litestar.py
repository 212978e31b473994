"""How Litestar registers the capabilities of the contract."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Litestar, MediaType, Request, Response, Router, get, post, websocket_listener
from litestar.datastructures import UploadFile
from litestar.di import Provide
from litestar.dto import DataclassDTO, DTOConfig
from litestar.params import MultipartBody, URLEncodedBody
from litestar.response import ServerSentEvent, Stream, Template

from lab.probes import kit
from lab.probes.kit import capability, optin

DOCUMENTATION = "https://docs.litestar.dev/2"

handlers: list[Any] = []
arguments: dict[str, Any] = {}


@capability("ping")
def ping() -> None:
    @get("/ping", media_type=MediaType.TEXT)
    async def handler() -> str:
        return "pong"

    handlers.append(handler)


@capability("async-sleep")
def async_sleep() -> None:
    @get("/async-sleep")
    async def handler() -> dict[str, bool]:
        await kit.pause()
        return {"slept": True}

    handlers.append(handler)


optin(
    "blocking-isolation",
    how="sync_to_thread=True on the handler",
    documentation=f"{DOCUMENTATION}/topics/sync-vs-async.html",
)


@capability("blocking-sleep")
def blocking_sleep() -> None:
    @get("/blocking-sleep", sync_to_thread=True if kit.OPTED_IN else None)
    def handler() -> dict[str, bool]:
        kit.block()
        return {"slept": True}

    handlers.append(handler)


@capability("query")
def query() -> None:
    @get("/query")
    async def handler(tag: list[str]) -> dict[str, list[str]]:
        return {"tag": tag}

    handlers.append(handler)


@capability("path-text")
def path_text() -> None:
    @get("/text/{value:str}")
    async def handler(value: str) -> dict[str, str]:
        return {"value": value}

    handlers.append(handler)


@capability("typed-path")
def typed_path() -> None:
    @get("/number/{value:int}")
    async def handler(value: int) -> dict[str, int]:
        return {"value": value}

    handlers.append(handler)


@capability("typed-query")
def typed_query() -> None:
    @get("/typed-query")
    async def handler(number: int) -> dict[str, int]:
        return {"number": number}

    handlers.append(handler)


@capability("json-body")
def json_body() -> None:
    @post("/json", exclude_from_csrf=True)
    async def handler(data: dict[str, Any]) -> dict[str, Any]:
        return {"received": data}

    handlers.append(handler)


@capability("validation")
def validation() -> None:
    @dataclass
    class Item:
        name: str
        quantity: int

    @post("/items", exclude_from_csrf=True)
    async def handler(data: Item) -> Item:
        return data

    handlers.append(handler)


@capability("response-model")
def response_model() -> None:
    @dataclass
    class Item:
        name: str
        quantity: int
        secret: str

    @get("/model", return_dto=DataclassDTO[Annotated[Item, DTOConfig(exclude={"secret"})]])
    async def handler() -> Item:
        return Item(name="a", quantity=1, secret="s3")

    handlers.append(handler)


@capability("form")
def form() -> None:
    @dataclass
    class Form:
        a: str

    @post("/form")
    async def handler(data: URLEncodedBody[Form]) -> Form:
        return data

    handlers.append(handler)


@capability("upload")
def upload() -> None:
    @dataclass
    class Form:
        file: UploadFile

    @post("/upload", exclude_from_csrf=True)
    async def handler(data: MultipartBody[Form]) -> dict[str, Any]:
        return {"name": data.file.filename, "size": len(await data.file.read())}

    handlers.append(handler)


@capability("body-length")
def body_length() -> None:
    @post("/length", exclude_from_csrf=True)
    async def handler(body: bytes) -> dict[str, int]:
        return {"length": len(body)}

    handlers.append(handler)


@capability("template")
def template() -> None:
    from litestar.plugins.jinja import JinjaTemplateEngine
    from litestar.template import TemplateConfig

    arguments["template_config"] = TemplateConfig(directory=kit.TEMPLATES, engine=JinjaTemplateEngine)

    @get("/template")
    async def handler(name: str) -> Template:
        return Template(template_name="hello.html", context={"name": name})

    handlers.append(handler)


optin(
    "session-cookie",
    how="ServerSideSessionConfig(secure=True)",
    documentation=f"{DOCUMENTATION}/reference/middleware/session/base.html",
)


@capability("session")
def session() -> None:
    from litestar.middleware.session.server_side import ServerSideSessionConfig

    arguments["middleware"] = [ServerSideSessionConfig(secure=kit.OPTED_IN).middleware]

    @get("/session")
    async def handler(request: Request[Any, Any, Any]) -> dict[str, str]:
        request.session["user"] = "1"
        return {"user": request.session["user"]}

    handlers.append(handler)


@capability("stream")
def stream() -> None:
    @get("/stream")
    async def handler() -> Stream:
        return Stream(kit.chunks_async(), media_type=MediaType.TEXT)

    handlers.append(handler)


@capability("events")
def events() -> None:
    @get("/events")
    async def handler() -> ServerSentEvent:
        return ServerSentEvent(kit.numbers_async())

    handlers.append(handler)


@capability("flood")
def flood() -> None:
    @get("/flood")
    async def handler() -> Stream:
        return Stream(kit.flood_async(), media_type="application/octet-stream")

    handlers.append(handler)


@capability("ticks")
def ticks() -> None:
    @get("/ticks")
    async def handler() -> Stream:
        return Stream(kit.ticks_async(), media_type=MediaType.TEXT)

    handlers.append(handler)


@capability("background")
def background() -> None:
    from litestar.background_tasks import BackgroundTask

    @get("/background")
    async def handler() -> Response[dict[str, bool]]:
        return Response({"started": True}, background=BackgroundTask(kit.work_async))

    handlers.append(handler)


@capability("lifespan")
def lifespan() -> None:
    @asynccontextmanager
    async def hooks(app: Litestar) -> AsyncIterator[None]:
        kit.started()
        yield
        kit.stopped()

    arguments["lifespan"] = [hooks]


@capability("error")
def error() -> None:
    @get("/error")
    async def handler() -> None:
        raise kit.failure()

    handlers.append(handler)


@capability("websocket")
def websocket() -> None:
    @websocket_listener("/ws")
    async def handler(data: str) -> str:
        return data

    handlers.append(handler)


@capability("injection")
def injection() -> None:
    async def provide() -> str:
        return "provided"

    @get("/injected", dependencies={"value": Provide(provide)})
    async def handler(value: str) -> dict[str, str]:
        return {"value": value}

    handlers.append(handler)


@capability("group")
def group() -> None:
    @get("/ping", media_type=MediaType.TEXT)
    async def handler() -> str:
        return "pong"

    handlers.append(Router(path="/group", route_handlers=[handler]))


@capability("static")
def static() -> None:
    from litestar.static_files import create_static_files_router

    handlers.append(create_static_files_router(path="/static", directories=[kit.STATIC]))


@capability("nan")
def nan() -> None:
    @get("/nan")
    async def handler() -> dict[str, float]:
        return {"value": float("nan")}

    handlers.append(handler)


@capability("openapi")
def openapi() -> str:
    return "/schema/openapi.json"


@capability("docs-ui")
def docs_ui() -> str:
    return "/schema"


@capability("cors")
def cors() -> None:
    from litestar.config.cors import CORSConfig

    arguments["cors_config"] = CORSConfig(allow_origins=[kit.FRIEND])


@optin(
    "csrf",
    how="csrf_config=CSRFConfig(secret=…)",
    documentation=f"{DOCUMENTATION}/usage/middleware/builtin-middleware.html#csrf",
)
def csrf() -> None:
    from litestar.config.csrf import CSRFConfig

    arguments["csrf_config"] = CSRFConfig(secret=kit.KEY)


@optin(
    "host-check",
    how="allowed_hosts=AllowedHostsConfig([…]), each with its port where that is not the default one",
    documentation=f"{DOCUMENTATION}/usage/middleware/builtin-middleware.html#allowed-hosts",
)
def host_check() -> None:
    from litestar.config.allowed_hosts import AllowedHostsConfig

    arguments["allowed_hosts"] = AllowedHostsConfig(allowed_hosts=[f"127.0.0.1:{kit.PORT}"])


app = Litestar(handlers, **arguments)


@capability("test-client")
def test_client() -> tuple[int, str]:
    from litestar.testing import TestClient

    with TestClient(app=app) as client:
        response = client.get("/ping")
        return response.status_code, response.text


@capability("command-line")
def command_line() -> list[str]:
    return ["litestar", "--help"]
