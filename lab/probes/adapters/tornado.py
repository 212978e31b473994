"""How Tornado registers the capabilities of the contract."""

import asyncio
import io
import sys
import unittest
from typing import Any

from tornado.web import Application, RequestHandler

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://www.tornadoweb.org/en/stable"

routes: list[Any] = []
settings: dict[str, Any] = {}


@capability("ping")
def ping() -> None:
    class PingHandler(RequestHandler):
        def get(self) -> None:
            self.set_header("Content-Type", "text/plain")
            self.write("pong")

    routes.append((r"/ping", PingHandler))


@capability("async-sleep")
def async_sleep() -> None:
    class SleepHandler(RequestHandler):
        async def get(self) -> None:
            await kit.pause()
            self.write({"slept": True})

    routes.append((r"/async-sleep", SleepHandler))


@capability("blocking-sleep")
def blocking_sleep() -> None:
    class BlockingHandler(RequestHandler):
        def get(self) -> None:
            kit.block()
            self.write({"slept": True})

    routes.append((r"/blocking-sleep", BlockingHandler))


@capability("query")
def query() -> None:
    class QueryHandler(RequestHandler):
        def get(self) -> None:
            self.write({"tag": self.get_query_arguments("tag")})

    routes.append((r"/query", QueryHandler))


@capability("path-text")
def path_text() -> None:
    class TextHandler(RequestHandler):
        def get(self, value: str) -> None:
            self.write({"value": value})

    routes.append((r"/text/([^/]+)", TextHandler))


missing(
    "typed-path",
    "A regular expression decides what matches, and the groups are passed as strings.",
    documentation=f"{DOCUMENTATION}/guide/structure.html",
)
missing(
    "typed-query",
    "Arguments are asked for by name, as text; the annotations of a handler are not read.",
    documentation=f"{DOCUMENTATION}/guide/structure.html",
)
missing(
    "json-body",
    "Tornado does not parse JSON bodies; the guide calls json.loads in a method of one's own.",
    documentation=f"{DOCUMENTATION}/guide/structure.html",
)
missing(
    "validation",
    "There are no declared shapes; Tornado only checks that an argument is there.",
    documentation=f"{DOCUMENTATION}/web.html",
)
missing(
    "response-model",
    "write() turns a dictionary into JSON as it is; no model or schema chooses its fields.",
    documentation=f"{DOCUMENTATION}/web.html",
)


@capability("form")
def form() -> None:
    class FormHandler(RequestHandler):
        def post(self) -> None:
            self.write({"a": self.get_body_argument("a")})

    routes.append((r"/form", FormHandler))


@capability("upload")
def upload() -> None:
    class UploadHandler(RequestHandler):
        def post(self) -> None:
            file = self.request.files["file"][0]
            self.write({"name": file["filename"], "size": len(file["body"])})

    routes.append((r"/upload", UploadHandler))


@capability("body-length")
def body_length() -> None:
    class LengthHandler(RequestHandler):
        def post(self) -> None:
            self.write({"length": len(self.request.body)})

    routes.append((r"/length", LengthHandler))


@capability("template")
def template() -> None:
    settings["template_path"] = str(kit.TEMPLATES)

    class TemplateHandler(RequestHandler):
        def get(self) -> None:
            self.render("hello.html", name=self.get_argument("name"))

    routes.append((r"/template", TemplateHandler))


@capability("session")
def session() -> None:
    # A signed cookie is all there is; its flags are arguments.
    settings["cookie_secret"] = kit.KEY
    flags = {"httponly": True, "secure": True, "samesite": "Lax"} if kit.OPTED_IN else {}

    class SessionHandler(RequestHandler):
        def get(self) -> None:
            self.set_signed_cookie("user", "1", **flags)
            self.write({"user": "1"})

    routes.append((r"/session", SessionHandler))


optin(
    "session-cookie",
    how='set_signed_cookie("user", "1", httponly=True, secure=True, samesite="Lax")',
    documentation=f"{DOCUMENTATION}/web.html#tornado.web.RequestHandler.set_cookie",
)


@capability("stream")
def stream() -> None:
    class StreamHandler(RequestHandler):
        async def get(self) -> None:
            self.set_header("Content-Type", "text/plain")
            async for chunk in kit.chunks_async():
                self.write(chunk)
                await self.flush()

    routes.append((r"/stream", StreamHandler))


missing(
    "events",
    "There is no response for server-sent events; they are written and flushed as text.",
    documentation=f"{DOCUMENTATION}/web.html",
)


@capability("flood")
def flood() -> None:
    class FloodHandler(RequestHandler):
        async def get(self) -> None:
            self.set_header("Content-Type", "application/octet-stream")
            async for chunk in kit.flood_async():
                self.write(chunk)
                await self.flush()

    routes.append((r"/flood", FloodHandler))


@capability("ticks")
def ticks() -> None:
    class TicksHandler(RequestHandler):
        async def get(self) -> None:
            self.set_header("Content-Type", "text/plain")
            async for tick in kit.ticks_async():
                self.write(tick)
                await self.flush()

    routes.append((r"/ticks", TicksHandler))


@capability("background")
def background() -> None:
    from tornado.ioloop import IOLoop

    class BackgroundHandler(RequestHandler):
        def get(self) -> None:
            IOLoop.current().spawn_callback(kit.work_async)
            self.write({"started": True})

    routes.append((r"/background", BackgroundHandler))


missing(
    "lifespan",
    "There are no hooks: what has to run before and after is written into one's own main coroutine.",
    documentation=f"{DOCUMENTATION}/guide/structure.html",
)


@capability("error")
def error() -> None:
    class ErrorHandler(RequestHandler):
        def get(self) -> None:
            raise kit.failure()

    routes.append((r"/error", ErrorHandler))


@capability("websocket")
def websocket() -> None:
    from tornado.websocket import WebSocketHandler

    class EchoWebSocket(WebSocketHandler):
        def on_message(self, message: str | bytes) -> None:
            self.write_message(message)

    routes.append((r"/ws", EchoWebSocket))


@capability("injection")
def injection() -> None:
    class InjectedHandler(RequestHandler):
        def initialize(self, value: str) -> None:
            self.value = value

        def get(self) -> None:
            self.write({"value": self.value})

    routes.append((r"/injected", InjectedHandler, {"value": "provided"}))


@capability("group")
def group() -> None:
    class GroupHandler(RequestHandler):
        def get(self) -> None:
            self.set_header("Content-Type", "text/plain")
            self.write("pong")

    # The rules of the group are matched against the whole path once more.
    routes.append((r"/group/.*", [(r"/group/ping", GroupHandler)]))


@capability("static")
def static() -> None:
    settings["static_path"] = str(kit.STATIC)


@capability("nan")
def nan() -> None:
    class NanHandler(RequestHandler):
        def get(self) -> None:
            self.write({"value": float("nan")})

    routes.append((r"/nan", NanHandler))


missing("openapi", "None of the modules makes an OpenAPI document.", documentation=f"{DOCUMENTATION}/webframework.html")
missing(
    "docs-ui", "None of the modules serves a page about the API.", documentation=f"{DOCUMENTATION}/webframework.html"
)
missing(
    "cors",
    "The guide leaves cross-origin resource sharing to the application.",
    documentation=f"{DOCUMENTATION}/guide/security.html",
)


@capability("test-client")
def test_client() -> tuple[int, str]:
    from tornado.testing import AsyncHTTPTestCase

    answers = []

    class PingTest(AsyncHTTPTestCase):
        def get_app(self) -> Application:
            return app

        def test_ping(self) -> None:
            response = self.fetch("/ping")
            answers.append((response.code, response.body.decode()))

    unittest.TextTestRunner(stream=io.StringIO()).run(PingTest("test_ping"))
    return answers[0]


@capability("command-line")
def command_line() -> list[str]:
    return ["python", "-m", "tornado.autoreload", "--help"]


@optin("csrf", how="Application(…, cross_origin_protection=True)", documentation=f"{DOCUMENTATION}/guide/security.html")
def cross_origin_protection() -> None:
    settings["cross_origin_protection"] = True


optin(
    "host-check",
    how='Application.add_handlers(r"127\\.0\\.0\\.1", routes)',
    documentation=f"{DOCUMENTATION}/web.html#tornado.web.Application.add_handlers",
)
app = Application(**settings)
app.add_handlers(r"127\.0\.0\.1" if kit.OPTED_IN else r".*", routes)


async def main(port: int) -> None:
    """Serve until the process is ended, as the guide does."""
    app.listen(port, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
