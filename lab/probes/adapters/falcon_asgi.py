"""How Falcon registers the capabilities of the contract in an ASGI application, falcon.asgi.App."""

import falcon
import falcon.asgi
import falcon.testing
from falcon.asgi import Request, Response

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://falcon.readthedocs.io/en/stable"

app = falcon.asgi.App()


@capability("ping")
def ping() -> None:
    class PingResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            resp.content_type = falcon.MEDIA_TEXT
            resp.text = "pong"

    app.add_route("/ping", PingResource())


@capability("async-sleep")
def async_sleep() -> None:
    class SleepResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            await kit.pause()
            resp.media = {"slept": True}

    app.add_route("/async-sleep", SleepResource())


@capability("blocking-sleep")
def blocking_sleep() -> None:
    # A responder of an ASGI application has to be a coroutine function.
    class BlockingResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            if kit.OPTED_IN:
                await falcon.sync_to_async(kit.block)
            else:
                kit.block()
            resp.media = {"slept": True}

    app.add_route("/blocking-sleep", BlockingResource())


optin(
    "blocking-isolation",
    how="await falcon.sync_to_async(kit.block)",
    documentation=f"{DOCUMENTATION}/api/util.html",
)


@capability("query")
def query() -> None:
    class QueryResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            resp.media = {"tag": req.get_param_as_list("tag")}

    app.add_route("/query", QueryResource())


@capability("path-text")
def path_text() -> None:
    class TextResource:
        async def on_get(self, req: Request, resp: Response, value: str) -> None:
            resp.media = {"value": value}

    app.add_route("/text/{value}", TextResource())


@capability("typed-path")
def typed_path() -> None:
    class NumberResource:
        async def on_get(self, req: Request, resp: Response, value: int) -> None:
            resp.media = {"value": value}

    app.add_route("/number/{value:int}", NumberResource())


missing(
    "typed-query",
    "A responder asks for parameters, as in req.get_param_as_int(); its annotations are not read.",
    documentation=f"{DOCUMENTATION}/api/request_and_response_asgi.html",
)


@capability("json-body")
def json_body() -> None:
    class JsonResource:
        async def on_post(self, req: Request, resp: Response) -> None:
            resp.media = {"received": await req.get_media()}

    app.add_route("/json", JsonResource())


@capability("validation")
def validation() -> None:
    from falcon.media.validators import jsonschema

    schema = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "quantity": {"type": "integer"}},
        "required": ["name", "quantity"],
        "additionalProperties": not kit.OPTED_IN,
    }

    class ItemsResource:
        @jsonschema.validate(schema)
        async def on_post(self, req: Request, resp: Response) -> None:
            resp.media = await req.get_media()

    app.add_route("/items", ItemsResource())


optin(
    "unknown-field",
    how='"additionalProperties": False in the schema',
    documentation=f"{DOCUMENTATION}/api/media.html#validating-media",
)

missing(
    "response-model",
    "resp.media is turned into JSON as it is; a schema for it can refuse a response, but takes nothing out.",
    documentation=f"{DOCUMENTATION}/api/media.html",
)


@capability("form")
def form() -> None:
    class FormResource:
        async def on_post(self, req: Request, resp: Response) -> None:
            fields = await req.get_media()
            resp.media = {"a": fields["a"]}

    app.add_route("/form", FormResource())


@capability("upload")
def upload() -> None:
    class UploadResource:
        async def on_post(self, req: Request, resp: Response) -> None:
            async for part in await req.get_media():
                if part.name == "file":
                    resp.media = {"name": part.filename, "size": len(await part.stream.read())}

    app.add_route("/upload", UploadResource())


@capability("body-length")
def body_length() -> None:
    class LengthResource:
        async def on_post(self, req: Request, resp: Response) -> None:
            resp.media = {"length": len(await req.stream.read())}

    app.add_route("/length", LengthResource())


missing(
    "template",
    "Falcon renders no templates; the reference lists no engine.",
    documentation=f"{DOCUMENTATION}/api/index.html",
)
missing(
    "session", "Cookies can be set and read; there are no sessions.", documentation=f"{DOCUMENTATION}/api/cookies.html"
)


@capability("stream")
def stream() -> None:
    class StreamResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            resp.content_type = falcon.MEDIA_TEXT
            resp.stream = kit.chunks_async()

    app.add_route("/stream", StreamResource())


@capability("events")
def events() -> None:
    from falcon.asgi import SSEvent

    class EventsResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            async def emitter():
                async for number in kit.numbers_async():
                    yield SSEvent(text=str(number))

            resp.sse = emitter()

    app.add_route("/events", EventsResource())


@capability("flood")
def flood() -> None:
    class FloodResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            resp.content_type = "application/octet-stream"
            resp.stream = kit.flood_async()

    app.add_route("/flood", FloodResource())


@capability("ticks")
def ticks() -> None:
    class TicksResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            resp.content_type = falcon.MEDIA_TEXT
            resp.stream = kit.ticks_async()

    app.add_route("/ticks", TicksResource())


@capability("background")
def background() -> None:
    class BackgroundResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            resp.schedule(kit.work_async)
            resp.media = {"started": True}

    app.add_route("/background", BackgroundResource())


@capability("lifespan")
def lifespan() -> None:
    class LifespanMiddleware:
        async def process_startup(self, scope: dict[str, object], event: dict[str, object]) -> None:
            kit.started()

        async def process_shutdown(self, scope: dict[str, object], event: dict[str, object]) -> None:
            kit.stopped()

    app.add_middleware(LifespanMiddleware())


@capability("error")
def error() -> None:
    class ErrorResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            raise kit.failure()

    app.add_route("/error", ErrorResource())


@capability("websocket")
def websocket() -> None:
    from falcon.asgi import WebSocket

    class EchoResource:
        async def on_websocket(self, req: Request, ws: WebSocket) -> None:
            try:
                await ws.accept()
                while True:
                    await ws.send_text(await ws.receive_text())
            except falcon.WebSocketDisconnected:
                return

    app.add_route("/ws", EchoResource())


missing(
    "injection",
    "The constructor of a resource is called by hand, with what the resource needs.",
    documentation=f"{DOCUMENTATION}/user/faq.html",
)
missing(
    "group",
    "add_route takes a whole path; nothing mounts several routes under a prefix.",
    documentation=f"{DOCUMENTATION}/api/app.html",
)


@capability("static")
def static() -> None:
    app.add_static_route("/static", kit.STATIC)


@capability("nan")
def nan() -> None:
    class NanResource:
        async def on_get(self, req: Request, resp: Response) -> None:
            resp.media = {"value": float("nan")}

    app.add_route("/nan", NanResource())


missing("openapi", "The reference lists nothing that makes one.", documentation=f"{DOCUMENTATION}/api/index.html")
missing("docs-ui", "The reference lists no page about the API.", documentation=f"{DOCUMENTATION}/api/index.html")


@capability("cors")
def cors() -> None:
    app.add_middleware(falcon.CORSMiddleware(allow_origins=kit.FRIEND))


@capability("test-client")
def test_client() -> tuple[int, str]:
    result = falcon.testing.TestClient(app).simulate_get("/ping")
    return result.status_code, result.text


@capability("command-line")
def command_line() -> list[str]:
    return ["falcon-inspect-app", "--help"]


@optin(
    "trailing-slash",
    how="app.req_options.strip_url_path_trailing_slash = True",
    documentation=f"{DOCUMENTATION}/api/app.html#falcon.RequestOptions.strip_url_path_trailing_slash",
)
def trailing_slash() -> None:
    app.req_options.strip_url_path_trailing_slash = True
