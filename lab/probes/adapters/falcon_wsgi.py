"""How Falcon registers the capabilities of the contract in a WSGI application, falcon.App."""

import falcon
import falcon.testing
from falcon import Request, Response

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://falcon.readthedocs.io/en/stable"

app = falcon.App()


@capability("ping")
def ping() -> None:
    class PingResource:
        def on_get(self, req: Request, resp: Response) -> None:
            resp.content_type = falcon.MEDIA_TEXT
            resp.text = "pong"

    app.add_route("/ping", PingResource())


missing(
    "async-sleep",
    "A responder of falcon.App is an ordinary function; coroutines are for falcon.asgi.App.",
    documentation=f"{DOCUMENTATION}/api/app.html",
)


@capability("blocking-sleep")
def blocking_sleep() -> None:
    class BlockingResource:
        def on_get(self, req: Request, resp: Response) -> None:
            kit.block()
            resp.media = {"slept": True}

    app.add_route("/blocking-sleep", BlockingResource())


@capability("query")
def query() -> None:
    class QueryResource:
        def on_get(self, req: Request, resp: Response) -> None:
            resp.media = {"tag": req.get_param_as_list("tag")}

    app.add_route("/query", QueryResource())


@capability("path-text")
def path_text() -> None:
    class TextResource:
        def on_get(self, req: Request, resp: Response, value: str) -> None:
            resp.media = {"value": value}

    app.add_route("/text/{value}", TextResource())


@capability("typed-path")
def typed_path() -> None:
    class NumberResource:
        def on_get(self, req: Request, resp: Response, value: int) -> None:
            resp.media = {"value": value}

    app.add_route("/number/{value:int}", NumberResource())


missing(
    "typed-query",
    "A responder asks for parameters, as in req.get_param_as_int(); its annotations are not read.",
    documentation=f"{DOCUMENTATION}/api/request_and_response_wsgi.html",
)


@capability("json-body")
def json_body() -> None:
    class JsonResource:
        def on_post(self, req: Request, resp: Response) -> None:
            resp.media = {"received": req.get_media()}

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
        def on_post(self, req: Request, resp: Response) -> None:
            resp.media = req.get_media()

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
        def on_post(self, req: Request, resp: Response) -> None:
            fields = req.get_media()
            resp.media = {"a": fields["a"]}

    app.add_route("/form", FormResource())


@capability("upload")
def upload() -> None:
    class UploadResource:
        def on_post(self, req: Request, resp: Response) -> None:
            for part in req.get_media():
                if part.name == "file":
                    resp.media = {"name": part.filename, "size": len(part.stream.read())}

    app.add_route("/upload", UploadResource())


@capability("body-length")
def body_length() -> None:
    class LengthResource:
        def on_post(self, req: Request, resp: Response) -> None:
            resp.media = {"length": len(req.bounded_stream.read())}

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
        def on_get(self, req: Request, resp: Response) -> None:
            resp.content_type = falcon.MEDIA_TEXT
            resp.stream = kit.chunks()

    app.add_route("/stream", StreamResource())


missing(
    "events",
    "resp.sse belongs to ASGI applications.",
    documentation=f"{DOCUMENTATION}/api/request_and_response_wsgi.html",
)


@capability("flood")
def flood() -> None:
    class FloodResource:
        def on_get(self, req: Request, resp: Response) -> None:
            resp.content_type = "application/octet-stream"
            resp.stream = kit.flood()

    app.add_route("/flood", FloodResource())


@capability("ticks")
def ticks() -> None:
    class TicksResource:
        def on_get(self, req: Request, resp: Response) -> None:
            resp.content_type = falcon.MEDIA_TEXT
            resp.stream = kit.ticks()

    app.add_route("/ticks", TicksResource())


missing(
    "background",
    "resp.schedule() belongs to ASGI applications.",
    documentation=f"{DOCUMENTATION}/api/request_and_response_wsgi.html",
)
missing(
    "lifespan",
    "process_startup and process_shutdown are called in ASGI applications only.",
    documentation=f"{DOCUMENTATION}/api/middleware.html",
)


@capability("error")
def error() -> None:
    class ErrorResource:
        def on_get(self, req: Request, resp: Response) -> None:
            raise kit.failure()

    app.add_route("/error", ErrorResource())


missing(
    "websocket",
    "WebSocket is for ASGI applications only.",
    documentation=f"{DOCUMENTATION}/api/websocket.html",
)
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
        def on_get(self, req: Request, resp: Response) -> None:
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
