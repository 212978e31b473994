"""How Flask registers the capabilities of the contract."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, jsonify, render_template, request
from flask import session as user_session

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://flask.palletsprojects.com/en/stable"

app = Flask(__name__, static_folder=kit.STATIC, template_folder=kit.TEMPLATES)
app.config["SECRET_KEY"] = kit.KEY


@optin(
    "trailing-slash",
    how="app.url_map.strict_slashes = False, before the routes",
    documentation="https://werkzeug.palletsprojects.com/en/stable/routing/#werkzeug.routing.Map",
)
def trailing_slash() -> None:
    app.url_map.strict_slashes = False


@capability("ping")
def ping() -> None:
    @app.get("/ping")
    def get_ping() -> Response:
        return Response("pong", mimetype="text/plain")


@capability("async-sleep")
def async_sleep() -> None:
    kit.require("asgiref")

    @app.get("/async-sleep")
    async def get_async_sleep() -> dict[str, Any]:
        await kit.pause()
        return {"slept": True}


@capability("blocking-sleep")
def blocking_sleep() -> None:
    @app.get("/blocking-sleep")
    def get_blocking_sleep() -> dict[str, Any]:
        kit.block()
        return {"slept": True}


@capability("query")
def query() -> None:
    @app.get("/query")
    def get_query() -> dict[str, Any]:
        return {"tag": request.args.getlist("tag")}


@capability("path-text")
def path_text() -> None:
    @app.get("/text/<value>")
    def get_text(value: str) -> dict[str, Any]:
        return {"value": value}


@capability("typed-path")
def typed_path() -> None:
    @app.get("/number/<int:value>")
    def get_number(value: int) -> dict[str, Any]:
        return {"value": value}


missing(
    "typed-query",
    "A view takes the converted parts of the URL; its annotations are not read.",
    documentation=f"{DOCUMENTATION}/quickstart/#variable-rules",
)


@capability("json-body")
def json_body() -> None:
    @app.post("/json")
    def post_json() -> dict[str, Any]:
        return {"received": request.get_json()}


missing(
    "validation",
    "Flask has no form or schema library; the page names this as left to others.",
    documentation=f"{DOCUMENTATION}/design/#what-flask-is-what-flask-is-not",
)
missing(
    "response-model",
    "What a view returns is turned into JSON as it is; no schema is declared for it.",
    documentation=f"{DOCUMENTATION}/quickstart/#apis-with-json",
)


@capability("form")
def form() -> None:
    @app.post("/form")
    def post_form() -> dict[str, Any]:
        return {"a": request.form["a"]}


@capability("upload")
def upload() -> None:
    @app.post("/upload")
    def post_upload() -> dict[str, Any]:
        file = request.files["file"]
        return {"name": file.filename, "size": len(file.read())}


@capability("body-length")
def body_length() -> None:
    @app.post("/length")
    def post_length() -> dict[str, Any]:
        return {"length": len(request.get_data())}


@optin(
    "body-limit", how='app.config["MAX_CONTENT_LENGTH"]', documentation=f"{DOCUMENTATION}/config/#MAX_CONTENT_LENGTH"
)
def body_limit() -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000


@capability("template")
def template() -> None:
    @app.get("/template")
    def get_template() -> str:
        return render_template("hello.html", name=request.args["name"])


@capability("session")
def session() -> None:
    @app.get("/session")
    def get_session() -> dict[str, Any]:
        user_session["user"] = "1"
        return {"user": user_session["user"]}


@optin(
    "session-cookie",
    how="SESSION_COOKIE_SECURE and SESSION_COOKIE_SAMESITE",
    documentation=f"{DOCUMENTATION}/web-security/#set-cookie-options",
)
def session_cookie() -> None:
    app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")


@capability("stream")
def stream() -> None:
    @app.get("/stream")
    def get_stream() -> Response:
        return Response(kit.chunks(), mimetype="text/plain")


missing(
    "events",
    "There is no response for server-sent events; a generator is streamed by hand.",
    documentation=f"{DOCUMENTATION}/patterns/streaming/",
)


@capability("flood")
def flood() -> None:
    @app.get("/flood")
    def get_flood() -> Response:
        return Response(kit.flood(), mimetype="application/octet-stream")


@capability("ticks")
def ticks() -> None:
    @app.get("/ticks")
    def get_ticks() -> Response:
        return Response(kit.ticks(), mimetype="text/plain")


missing(
    "background",
    "Flask leaves background work to a task queue; an async view's tasks end with it.",
    documentation=f"{DOCUMENTATION}/async-await/#background-tasks",
)
missing(
    "lifespan",
    "before_first_request was removed in 2.3, and there is no hook for the end of the application.",
    documentation=f"{DOCUMENTATION}/changes/#version-2-3-0",
)


@capability("error")
def error() -> None:
    @app.get("/error")
    def get_error() -> str:
        raise kit.failure()


missing(
    "websocket",
    "A WSGI framework; the page names Quart for WebSocket.",
    documentation=f"{DOCUMENTATION}/async-await/#when-to-use-quart-instead",
)
missing(
    "injection",
    "A view gets the parts of the URL; nothing else is provided.",
    documentation=f"{DOCUMENTATION}/api/",
)


@capability("group")
def group() -> None:
    blueprint = Blueprint("group", __name__, url_prefix="/group")

    @blueprint.get("/ping")
    def get_ping() -> Response:
        return Response("pong", mimetype="text/plain")

    app.register_blueprint(blueprint)


@capability("static")
def static() -> None:
    """The folder given as static_folder is served under its own name: /static/."""
    assert app.static_url_path == "/static"


@capability("nan")
def nan() -> None:
    @app.get("/nan")
    def get_nan() -> Response:
        return jsonify(value=float("nan"))


missing("openapi", "The API lists nothing that makes API documents.", documentation=f"{DOCUMENTATION}/api/")
missing("docs-ui", "The API lists nothing that shows API documents.", documentation=f"{DOCUMENTATION}/api/")
missing("cors", "The API lists nothing for cross-origin headers.", documentation=f"{DOCUMENTATION}/api/")


@optin("host-check", how='app.config["TRUSTED_HOSTS"]', documentation=f"{DOCUMENTATION}/config/#TRUSTED_HOSTS")
def host_check() -> None:
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1"]


@capability("test-client")
def test_client() -> tuple[int, str]:
    answer = app.test_client().get("/ping", base_url="http://127.0.0.1")
    return answer.status_code, answer.text


@capability("command-line")
def command_line() -> list[str]:
    return ["flask", "--help"]
