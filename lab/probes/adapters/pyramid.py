"""How Pyramid registers the capabilities of the contract, with waitress and official add-ons where installed."""

import json
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://docs.pylonsproject.org/projects/pyramid/en/2.1-branch"

config = Configurator()


@capability("ping")
def ping() -> None:
    def view(request: Request) -> Response:
        return Response("pong", content_type="text/plain")

    config.add_route("ping", "/ping")
    config.add_view(view, route_name="ping", request_method="GET")


missing(
    "async-sleep",
    "A view is an ordinary callable; the coroutine of an async function is no response.",
    documentation=f"{DOCUMENTATION}/narr/views.html",
)


@capability("blocking-sleep")
def blocking_sleep() -> None:
    def view(request: Request) -> dict[str, Any]:
        kit.block()
        return {"slept": True}

    config.add_route("blocking-sleep", "/blocking-sleep")
    config.add_view(view, route_name="blocking-sleep", request_method="GET", renderer="json")


@capability("query")
def query() -> None:
    def view(request: Request) -> dict[str, Any]:
        return {"tag": request.GET.getall("tag")}

    config.add_route("query", "/query")
    config.add_view(view, route_name="query", request_method="GET", renderer="json")


@capability("path-text")
def path_text() -> None:
    def view(request: Request) -> dict[str, Any]:
        return {"value": request.matchdict["value"]}

    config.add_route("path-text", "/text/{value}")
    config.add_view(view, route_name="path-text", request_method="GET", renderer="json")


missing(
    "typed-path",
    "A pattern may hold a regular expression, as in {value:\\d+}; what it matches stays text.",
    documentation=f"{DOCUMENTATION}/narr/urldispatch.html",
)
missing(
    "typed-query",
    "A view takes the request; other annotated parameters are not known.",
    documentation=f"{DOCUMENTATION}/narr/views.html",
)


@capability("json-body")
def json_body() -> None:
    def view(request: Request) -> dict[str, Any]:
        return {"received": request.json_body}

    config.add_route("json-body", "/json")
    config.add_view(view, route_name="json-body", request_method="POST", renderer="json", require_csrf=False)


@capability("validation")
def validation() -> None:
    # pyramid_openapi3 checks requests against a document that is written by hand.
    item = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "quantity": {"type": "integer"}},
        "required": ["name", "quantity"],
        "additionalProperties": not kit.OPTED_IN,
    }
    operation = {
        "requestBody": {"required": True, "content": {"application/json": {"schema": item}}},
        "responses": {"200": {"description": "The item"}, "400": {"description": "What is wrong with it"}},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Items", "version": "1"},
        "paths": {"/items": {"post": operation}},
    }
    specification = kit.WORKSPACE / "openapi.json"
    specification.write_text(json.dumps(document))

    def view(request: Request) -> dict[str, Any]:
        return request.openapi_validated.body

    config.include("pyramid_openapi3")
    config.pyramid_openapi3_spec(str(specification), route="/openapi.json")
    config.add_route("items", "/items")
    config.add_view(view, route_name="items", request_method="POST", renderer="json", openapi=True, require_csrf=False)


optin(
    "unknown-field",
    how='"additionalProperties": false in the document',
    documentation="https://github.com/Pylons/pyramid_openapi3",
)
missing(
    "response-model",
    "The JSON renderer takes plain data and objects with __json__; there are no schemas.",
    documentation=f"{DOCUMENTATION}/narr/renderers.html",
)


@capability("form")
def form() -> None:
    def view(request: Request) -> dict[str, Any]:
        return {"a": request.POST["a"]}

    config.add_route("form", "/form")
    config.add_view(view, route_name="form", request_method="POST", renderer="json")


@capability("upload")
def upload() -> None:
    def view(request: Request) -> dict[str, Any]:
        field = request.POST["file"]
        return {"name": field.filename, "size": len(field.file.read())}

    config.add_route("upload", "/upload")
    config.add_view(view, route_name="upload", request_method="POST", renderer="json", require_csrf=False)


@capability("body-length")
def body_length() -> None:
    def view(request: Request) -> dict[str, Any]:
        return {"length": len(request.body)}

    config.add_route("body-length", "/length")
    config.add_view(view, route_name="body-length", request_method="POST", renderer="json", require_csrf=False)


@capability("template")
def template() -> None:
    config.include("pyramid_jinja2")
    config.add_jinja2_renderer(".html")
    config.add_jinja2_search_path(str(kit.TEMPLATES), name=".html")

    def view(request: Request) -> dict[str, Any]:
        return {"name": request.GET["name"]}

    config.add_route("template", "/template")
    config.add_view(view, route_name="template", request_method="GET", renderer="hello.html")


@capability("session")
def session() -> None:
    from pyramid.session import SignedCookieSessionFactory

    flags = {"httponly": True, "secure": True} if kit.OPTED_IN else {}
    config.set_session_factory(SignedCookieSessionFactory(kit.KEY, **flags))

    def view(request: Request) -> dict[str, Any]:
        request.session["user"] = "1"
        return {"user": request.session["user"]}

    config.add_route("session", "/session")
    config.add_view(view, route_name="session", request_method="GET", renderer="json")


optin(
    "session-cookie",
    how="SignedCookieSessionFactory(…, httponly=True, secure=True)",
    documentation=f"{DOCUMENTATION}/api/session.html",
)


@capability("stream")
def stream() -> None:
    def view(request: Request) -> Response:
        return Response(app_iter=kit.chunks(), content_type="text/plain")

    config.add_route("stream", "/stream")
    config.add_view(view, route_name="stream", request_method="GET")


missing(
    "events", "The index lists no response for server-sent events.", documentation=f"{DOCUMENTATION}/api/index.html"
)


@capability("flood")
def flood() -> None:
    def view(request: Request) -> Response:
        return Response(app_iter=kit.flood(), content_type="application/octet-stream")

    config.add_route("flood", "/flood")
    config.add_view(view, route_name="flood", request_method="GET")


@capability("ticks")
def ticks() -> None:
    def view(request: Request) -> Response:
        return Response(app_iter=kit.ticks(), content_type="text/plain")

    config.add_route("ticks", "/ticks")
    config.add_view(view, route_name="ticks", request_method="GET")


missing(
    "background",
    "Finished callbacks run inside the request, before the answer is sent.",
    documentation=f"{DOCUMENTATION}/narr/hooks.html",
)


@capability("lifespan")
def lifespan() -> None:
    # There is an event for the start only.
    from pyramid.events import ApplicationCreated

    config.add_subscriber(lambda event: kit.started(), ApplicationCreated)


@capability("error")
def error() -> None:
    def view(request: Request) -> Response:
        raise kit.failure()

    config.add_route("error", "/error")
    config.add_view(view, route_name="error", request_method="GET")


missing(
    "websocket",
    "A WSGI application receives no WebSocket, and the index lists none.",
    documentation=f"{DOCUMENTATION}/api/index.html",
)
missing(
    "injection",
    "Views get the request; packages such as pyramid_services, of others, find services for them.",
    documentation="https://trypyramid.com/extending-pyramid.html",
)


@capability("group")
def group() -> None:
    def view(request: Request) -> Response:
        return Response("pong", content_type="text/plain")

    def routes(config: Configurator) -> None:
        config.add_route("group-ping", "/ping")
        config.add_view(view, route_name="group-ping", request_method="GET")

    config.include(routes, route_prefix="/group")


@capability("static")
def static() -> None:
    config.add_static_view(name="static", path=str(kit.STATIC))


@capability("nan")
def nan() -> None:
    config.add_route("nan", "/nan")
    config.add_view(lambda request: {"value": float("nan")}, route_name="nan", request_method="GET", renderer="json")


missing(
    "openapi",
    "pyramid_openapi3 serves a document that is written by hand; nothing of the project makes one from the code.",
    documentation="https://github.com/Pylons/pyramid_openapi3",
)


@capability("docs-ui")
def docs_ui() -> str:
    config.pyramid_openapi3_add_explorer(route="/docs/")
    return "/docs/"


missing(
    "cors",
    "The narrative adds a view for OPTIONS by hand and sets the headers in it.",
    documentation=f"{DOCUMENTATION}/narr/webob.html",
)


@capability("test-client")
def test_client() -> tuple[int, str]:
    from webtest import TestApp

    response = TestApp(app).get("/ping")
    return response.status_int, response.text


@capability("command-line")
def command_line() -> list[str]:
    return ["pserve", "--help"]


@optin(
    "csrf",
    how="config.set_default_csrf_options(require_csrf=True)",
    documentation=f"{DOCUMENTATION}/narr/security.html#checking-csrf-tokens-automatically",
)
def check_csrf() -> None:
    config.set_default_csrf_options(require_csrf=True)


app = config.make_wsgi_app()
