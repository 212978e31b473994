"""How aiohttp registers the capabilities of the contract; some belong to packages of aio-libs, not on bare setups."""

import asyncio
import functools
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal, TypedDict

from aiohttp import WSMsgType, web

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://docs.aiohttp.org/en/stable"

app = web.Application()
routes = web.RouteTableDef()


@functools.cache
def schema() -> Any:
    """Return the generator of aiohttp-apischema, which wraps the handlers that it describes."""
    from aiohttp_apischema import SchemaGenerator

    return SchemaGenerator()


@capability("ping")
def ping() -> None:
    @routes.get("/ping")
    async def handler(request: web.Request) -> web.Response:
        return web.Response(text="pong")


@capability("async-sleep")
def async_sleep() -> None:
    @routes.get("/async-sleep")
    async def handler(request: web.Request) -> web.Response:
        await kit.pause()
        return web.json_response({"slept": True})


@capability("blocking-sleep")
def blocking_sleep() -> None:
    # A handler must be a coroutine: there is no place for an ordinary function.
    @routes.get("/blocking-sleep")
    async def handler(request: web.Request) -> web.Response:
        kit.block()
        return web.json_response({"slept": True})


@capability("query")
def query() -> None:
    @routes.get("/query")
    async def handler(request: web.Request) -> web.Response:
        return web.json_response({"tag": request.query.getall("tag")})


@capability("path-text")
def path_text() -> None:
    @routes.get("/text/{value}")
    async def handler(request: web.Request) -> web.Response:
        return web.json_response({"value": request.match_info["value"]})


missing(
    "typed-path",
    "A regular expression decides what matches, and match_info holds text.",
    documentation=f"{DOCUMENTATION}/web_quickstart.html#variable-resources",
)


@capability("typed-query")
def typed_query() -> None:
    from aiohttp_apischema import APIResponse

    class Query(TypedDict):
        number: int

    @routes.get("/typed-query")
    @schema().api()
    async def handler(request: web.Request, *, query: Query) -> APIResponse[dict[str, int], Literal[200]]:
        return APIResponse({"number": query["number"]})


@capability("json-body")
def json_body() -> None:
    @routes.post("/json")
    async def handler(request: web.Request) -> web.Response:
        return web.json_response({"received": await request.json()})


STRICT = "https://docs.pydantic.dev/latest/concepts/strict_mode/"
optin("string-for-integer", how="@with_config(strict=True) on the TypedDict", documentation=STRICT)
optin("boolean-for-integer", how="@with_config(strict=True) on the TypedDict", documentation=STRICT)


@capability("validation")
def validation() -> None:
    from aiohttp_apischema import APIResponse
    from pydantic import with_config

    @with_config(strict=kit.OPTED_IN)
    class Item(TypedDict):
        name: str
        quantity: int

    @routes.post("/items")
    @schema().api()
    async def handler(request: web.Request, item: Item) -> APIResponse[Item, Literal[200]]:
        return APIResponse(item)


missing(
    "response-model",
    "json_response takes what json.dumps takes, and APIResponse describes the response without applying its type.",
    documentation=f"{DOCUMENTATION}/web_reference.html#aiohttp.web.json_response",
)


@capability("form")
def form() -> None:
    @routes.post("/form")
    async def handler(request: web.Request) -> web.Response:
        data = await request.post()
        return web.json_response({"a": data["a"]})


@capability("upload")
def upload() -> None:
    @routes.post("/upload")
    async def handler(request: web.Request) -> web.Response:
        data = await request.post()
        field = data["file"]
        return web.json_response({"name": field.filename, "size": len(field.file.read())})


@capability("body-length")
def body_length() -> None:
    @routes.post("/length")
    async def handler(request: web.Request) -> web.Response:
        return web.json_response({"length": len(await request.read())})


@capability("template")
def template() -> None:
    import aiohttp_jinja2
    import jinja2

    aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(kit.TEMPLATES))

    @routes.get("/template")
    @aiohttp_jinja2.template("hello.html")
    async def handler(request: web.Request) -> dict[str, str]:
        return {"name": request.query["name"]}


@capability("session")
def session() -> None:
    import aiohttp_session
    from aiohttp_session.cookie_storage import EncryptedCookieStorage

    flags = {"secure": True, "samesite": "Lax"} if kit.OPTED_IN else {}
    aiohttp_session.setup(app, EncryptedCookieStorage(bytes.fromhex(kit.KEY), **flags))

    @routes.get("/session")
    async def handler(request: web.Request) -> web.Response:
        session = await aiohttp_session.get_session(request)
        session["user"] = "1"
        return web.json_response({"user": session["user"]})


optin(
    "session-cookie",
    how='EncryptedCookieStorage(key, secure=True, samesite="Lax")',
    documentation="https://github.com/aio-libs/aiohttp-session/blob/v2.12.1/docs/reference.rst",
)


async def send(request: web.Request, content_type: str, pieces: AsyncIterator[bytes]) -> web.StreamResponse:
    """Send a body piece by piece."""
    response = web.StreamResponse(headers={"Content-Type": content_type})
    await response.prepare(request)
    async for piece in pieces:
        await response.write(piece)
    await response.write_eof()
    return response


@capability("stream")
def stream() -> None:
    @routes.get("/stream")
    async def handler(request: web.Request) -> web.StreamResponse:
        return await send(request, "text/plain", kit.chunks_async())


@capability("events")
def events() -> None:
    from aiohttp_sse import sse_response

    @routes.get("/events")
    async def handler(request: web.Request) -> web.StreamResponse:
        async with sse_response(request) as response:
            async for number in kit.numbers_async():
                await response.send(str(number))
        return response


@capability("flood")
def flood() -> None:
    @routes.get("/flood")
    async def handler(request: web.Request) -> web.StreamResponse:
        return await send(request, "application/octet-stream", kit.flood_async())


@capability("ticks")
def ticks() -> None:
    @routes.get("/ticks")
    async def handler(request: web.Request) -> web.StreamResponse:
        return await send(request, "text/plain", kit.ticks_async())


@capability("background")
def background() -> None:
    import aiojobs.aiohttp

    aiojobs.aiohttp.setup(app)

    @routes.get("/background")
    async def handler(request: web.Request) -> web.Response:
        await aiojobs.aiohttp.spawn(request, kit.work_async())
        return web.json_response({"started": True})


@capability("lifespan")
def lifespan() -> None:
    @asynccontextmanager
    async def resource(app: web.Application) -> AsyncIterator[None]:
        kit.started()
        yield
        kit.stopped()

    app.cleanup_ctx.append(resource)


@capability("error")
def error() -> None:
    @routes.get("/error")
    async def handler(request: web.Request) -> web.Response:
        raise kit.failure()


@capability("websocket")
def websocket() -> None:
    @routes.get("/ws")
    async def handler(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                await socket.send_str(message.data)
        return socket


missing(
    "injection",
    "A handler takes the request and nothing else; shared objects are looked up in the application by key.",
    documentation=f"{DOCUMENTATION}/web_advanced.html#data-sharing-aka-no-singletons-please",
)


@capability("group")
def group() -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(text="pong")

    group = web.Application()
    group.add_routes([web.get("/ping", handler)])
    app.add_subapp("/group/", group)


@capability("static")
def static() -> None:
    routes.static("/static", kit.STATIC)


@capability("nan")
def nan() -> None:
    @routes.get("/nan")
    async def handler(request: web.Request) -> web.Response:
        return web.json_response({"value": float("nan")})


@capability("openapi")
def openapi() -> str:
    schema().setup(app)
    return "/schema"


@capability("docs-ui")
def docs_ui() -> str:
    schema()
    return "/swagger/"


@optin(
    "trailing-slash",
    how="normalize_path_middleware(append_slash=False, remove_slash=True)",
    documentation=f"{DOCUMENTATION}/web_reference.html#aiohttp.web.normalize_path_middleware",
)
def trailing_slash() -> None:
    app.middlewares.append(web.normalize_path_middleware(append_slash=False, remove_slash=True))


@optin(
    "host-check",
    how="AllowedHosts of aiohttp-remotes",
    documentation="https://github.com/aio-libs/aiohttp-remotes/blob/v1.3.0/README.rst",
)
def host_check() -> None:
    from aiohttp_remotes import AllowedHosts

    app.middlewares.append(AllowedHosts([f"127.0.0.1:{kit.PORT}"]).middleware)


@capability("test-client")
def test_client() -> tuple[int, str]:
    from aiohttp.test_utils import TestClient, TestServer

    async def get_ping() -> tuple[int, str]:
        async with TestClient(TestServer(app)) as client:
            response = await client.get("/ping")
            return response.status, await response.text()

    return asyncio.run(get_ping())


@capability("command-line")
def command_line() -> list[str]:
    return ["python", "-m", "aiohttp.web", "--help"]


app.add_routes(routes)


@capability("cors")
def cors() -> None:
    # It is set up for routes that are there already.
    import aiohttp_cors

    options = aiohttp_cors.ResourceOptions(allow_credentials=True, expose_headers="*", allow_headers="*")
    allowed = aiohttp_cors.setup(app, defaults={kit.FRIEND: options})
    for route in list(app.router.routes()):
        allowed.add(route)


if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
