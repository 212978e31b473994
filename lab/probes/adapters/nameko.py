"""How Nameko registers the capabilities of the contract, with its HTTP entrypoint alone: no message broker runs."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from nameko.extensions import DependencyProvider
from nameko.web.handlers import http
from werkzeug.wrappers import Request, Response

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://nameko.readthedocs.io/en/stable"
HTTP = f"{DOCUMENTATION}/built_in_extensions.html#http"
COMMUNITY = f"{DOCUMENTATION}/community_extensions.html"


class Service:
    """The service; its methods are added by the capabilities below."""

    name = "probe"


app = Service


def method(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make an entrypoint a method of the service."""
    setattr(Service, function.__name__, function)
    return function


@capability("ping")
def ping() -> None:
    @method
    @http("GET", "/ping")
    def ping(self: Service, request: Request) -> Response:
        return Response("pong", mimetype="text/plain")


missing(
    "async-sleep",
    "A method is called in a green thread and not awaited.",
    documentation=f"{DOCUMENTATION}/key_concepts.html",
)


@capability("blocking-sleep")
def blocking_sleep() -> None:
    # `nameko run` patches the standard library: this sleep lets others run, what blocks outside of it does not.
    @method
    @http("GET", "/blocking-sleep")
    def blocking(self: Service, request: Request) -> str:
        kit.block()
        return json.dumps({"slept": True})


@capability("query")
def query() -> None:
    @method
    @http("GET", "/query")
    def query(self: Service, request: Request) -> str:
        return json.dumps({"tag": request.args.getlist("tag")})


@capability("path-text")
def path_text() -> None:
    @method
    @http("GET", "/text/<value>")
    def text(self: Service, request: Request, value: str) -> str:
        return json.dumps({"value": value})


@capability("typed-path")
def typed_path() -> None:
    @method
    @http("GET", "/number/<int:value>")
    def number(self: Service, request: Request, value: int) -> str:
        return json.dumps({"value": value})


missing("typed-query", "A method gets the request and the values of its path.", documentation=HTTP)


@capability("json-body")
def json_body() -> None:
    @method
    @http("POST", "/json")
    def read_json(self: Service, request: Request) -> str:
        return json.dumps({"received": request.get_json()})


missing("validation", "The HTTP entrypoint passes the request on as it is.", documentation=HTTP)
missing("response-model", "A method returns a string or a response.", documentation=HTTP)


@capability("form")
def form() -> None:
    @method
    @http("POST", "/form")
    def form(self: Service, request: Request) -> str:
        return json.dumps({"a": request.form["a"]})


@capability("upload")
def upload() -> None:
    @method
    @http("POST", "/upload")
    def upload(self: Service, request: Request) -> str:
        file = request.files["file"]
        return json.dumps({"name": file.filename, "size": len(file.read())})


@capability("body-length")
def body_length() -> None:
    @method
    @http("POST", "/length")
    def length(self: Service, request: Request) -> str:
        return json.dumps({"length": len(request.get_data())})


missing(
    "template",
    "HTTP is there for services; the documentation sends web pages to Flask.",
    documentation=f"{DOCUMENTATION}/what_is_nameko.html",
)
missing("session", "Neither built in nor among the community's extensions.", documentation=COMMUNITY)


@capability("stream")
def stream() -> None:
    @method
    @http("GET", "/stream")
    def stream(self: Service, request: Request) -> Response:
        if kit.OPTED_IN:
            request.environ["eventlet.minimum_write_chunk_size"] = 0
        return Response(kit.chunks(), mimetype="text/plain")


for probe in ("streaming", "client-disconnect"):
    # The server collects smaller pieces to 4096 bytes unless it is told not to.
    optin(
        probe,
        how='request.environ["eventlet.minimum_write_chunk_size"] = 0',
        documentation="https://eventlet.readthedocs.io/en/latest/modules/wsgi.html",
    )
missing("events", "Responses are those of Werkzeug; there is none for server-sent events.", documentation=HTTP)


@capability("flood")
def flood() -> None:
    @method
    @http("GET", "/flood")
    def flood(self: Service, request: Request) -> Response:
        return Response(kit.flood(), mimetype="application/octet-stream")


@capability("ticks")
def ticks() -> None:
    @method
    @http("GET", "/ticks")
    def ticks(self: Service, request: Request) -> Response:
        if kit.OPTED_IN:
            request.environ["eventlet.minimum_write_chunk_size"] = 0
        return Response(kit.ticks(), mimetype="text/plain")


missing(
    "background",
    "Extensions spawn managed threads; a method of a service has no call for it.",
    documentation=f"{DOCUMENTATION}/writing_extensions.html",
)


@capability("lifespan")
def lifespan() -> None:
    class Lifespan(DependencyProvider):
        def start(self) -> None:
            kit.started()

        def stop(self) -> None:
            kit.stopped()

    Service.lifespan = Lifespan()


@capability("error")
def error() -> None:
    @method
    @http("GET", "/error")
    def fail(self: Service, request: Request) -> str:
        raise kit.failure()


@capability("websocket")
def websocket() -> None:
    # It speaks JSON RPC only, on the one path /ws.
    from nameko.web.websocket import rpc

    @method
    @rpc
    def echo(self: Service, socket_id: str, value: str) -> str:
        return value


@capability("injection")
def injection() -> None:
    class Provided(DependencyProvider):
        def get_dependency(self, worker_ctx: Any) -> str:
            return "provided"

    Service.dependency = Provided()

    @method
    @http("GET", "/injected")
    def injected(self: Service, request: Request) -> str:
        return json.dumps({"value": self.dependency})


missing("group", "Every entrypoint gives its whole path.", documentation=HTTP)
missing("static", "Neither built in nor among the community's extensions.", documentation=COMMUNITY)
missing("nan", "A method returns a string; the example calls json.dumps itself.", documentation=HTTP)
missing("openapi", "Neither built in nor among the community's extensions.", documentation=COMMUNITY)
missing("docs-ui", "Neither built in nor among the community's extensions.", documentation=COMMUNITY)
missing("cors", "Neither built in nor among the community's extensions.", documentation=COMMUNITY)
missing(
    "test-client",
    "The helpers call the methods of a service; none makes an HTTP request.",
    documentation=f"{DOCUMENTATION}/testing.html",
)


@capability("command-line")
def command_line() -> list[str]:
    return ["nameko", "--help"]


if __name__ == "__main__":
    configuration = kit.WORKSPACE / "config.yaml"
    configuration.write_text(f"WEB_SERVER_ADDRESS: '127.0.0.1:{sys.argv[1]}'\n")
    os.execvp("nameko", ["nameko", "run", "--config", str(configuration), "lab.probes.adapters.nameko:Service"])
