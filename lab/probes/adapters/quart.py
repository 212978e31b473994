"""How Quart registers the capabilities of the contract."""

import asyncio
from typing import Any

from quart import Blueprint, Quart, Response, render_template, request, session, websocket

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://quart.palletsprojects.com/en/latest"

app = Quart(__name__, static_folder=kit.STATIC, template_folder=kit.TEMPLATES)
app.secret_key = kit.KEY


@capability("ping")
def ping() -> None:
    @app.get("/ping")
    async def ping() -> Response:
        return Response("pong", mimetype="text/plain")


@capability("async-sleep")
def async_sleep() -> None:
    @app.get("/async-sleep")
    async def async_sleep() -> dict[str, bool]:
        await kit.pause()
        return {"slept": True}


@capability("blocking-sleep")
def blocking_sleep() -> None:
    @app.get("/blocking-sleep")
    def blocking_sleep() -> dict[str, bool]:
        kit.block()
        return {"slept": True}


@capability("query")
def query() -> None:
    @app.get("/query")
    async def query() -> dict[str, list[str]]:
        return {"tag": request.args.getlist("tag")}


@capability("path-text")
def path_text() -> None:
    @app.get("/text/<value>")
    async def path_text(value: str) -> dict[str, str]:
        return {"value": value}


@capability("typed-path")
def typed_path() -> None:
    @app.get("/number/<int:value>")
    async def typed_path(value: int) -> dict[str, int]:
        return {"value": value}


missing(
    "typed-query",
    "A view takes the values of its URL; annotations are not read, and request.args holds text.",
    documentation=f"{DOCUMENTATION}/how_to_guides/routing/",
)


@capability("json-body")
def json_body() -> None:
    @app.post("/json")
    async def json_body() -> dict[str, Any]:
        return {"received": await request.get_json()}


missing(
    "validation",
    "Quart reads JSON and forms as they come; the tutorial validates with the extension Quart-Schema.",
    documentation=f"{DOCUMENTATION}/tutorials/api_tutorial/",
)
missing(
    "response-model",
    "A view returns a dictionary or a response; response schemas come with the extension Quart-Schema.",
    documentation=f"{DOCUMENTATION}/tutorials/api_tutorial/",
)


@capability("form")
def form() -> None:
    @app.post("/form")
    async def form() -> dict[str, str]:
        return {"a": (await request.form)["a"]}


@capability("upload")
def upload() -> None:
    @app.post("/upload")
    async def upload() -> dict[str, Any]:
        file = (await request.files)["file"]
        return {"name": file.filename, "size": len(file.read())}


@capability("body-length")
def body_length() -> None:
    @app.post("/length")
    async def body_length() -> dict[str, int]:
        return {"length": len(await request.get_data())}


@capability("template")
def template() -> None:
    @app.get("/template")
    async def template() -> str:
        return await render_template("hello.html", name=request.args["name"])


@capability("session")
def put_into_session() -> None:
    @app.get("/session")
    async def put_into_session() -> dict[str, str]:
        session["user"] = "1"
        return {"user": session["user"]}


@capability("stream")
def stream() -> None:
    @app.get("/stream")
    async def stream() -> Any:
        return kit.chunks_async(), {"Content-Type": "text/plain"}


missing(
    "events",
    "The guide writes the class of an event and its text by hand, and streams it.",
    documentation=f"{DOCUMENTATION}/how_to_guides/server_sent_events/",
)


@capability("flood")
def flood() -> None:
    @app.get("/flood")
    async def flood() -> Any:
        return kit.flood_async(), {"Content-Type": "application/octet-stream"}


@capability("ticks")
def ticks() -> None:
    @app.get("/ticks")
    async def ticks() -> Any:
        return kit.ticks_async(), {"Content-Type": "text/plain"}


@capability("background")
def background() -> None:
    @app.get("/background")
    async def background() -> dict[str, bool]:
        app.add_background_task(kit.work_async)
        return {"started": True}


@capability("lifespan")
def lifespan() -> None:
    @app.before_serving
    async def start() -> None:
        kit.started()

    @app.after_serving
    async def stop() -> None:
        kit.stopped()


@capability("error")
def error() -> None:
    @app.get("/error")
    async def error() -> None:
        raise kit.failure()


@capability("websocket")
def echo() -> None:
    @app.websocket("/ws")
    async def echo() -> None:
        while True:
            await websocket.send(await websocket.receive())


missing(
    "injection",
    "A view gets the values of its URL; request, session and g are context globals.",
    documentation=f"{DOCUMENTATION}/discussion/flask_evolution/",
)


@capability("group")
def group() -> None:
    blueprint = Blueprint("group", __name__, url_prefix="/group")

    @blueprint.get("/ping")
    async def ping() -> Response:
        return Response("pong", mimetype="text/plain")

    app.register_blueprint(blueprint)


@capability("static")
def static() -> None:
    """Quart serves its static_folder by itself."""


@capability("nan")
def nan() -> None:
    @app.get("/nan")
    async def nan() -> dict[str, float]:
        return {"value": float("nan")}


missing(
    "openapi",
    "Quart writes no OpenAPI document; the tutorial adds the extension Quart-Schema for it.",
    documentation=f"{DOCUMENTATION}/tutorials/api_tutorial/",
)
missing(
    "docs-ui",
    "Quart has no page of the API; the tutorial adds the extension Quart-Schema for it.",
    documentation=f"{DOCUMENTATION}/tutorials/api_tutorial/",
)
missing(
    "cors",
    "Cross-origin requests are left to the extension Quart-CORS.",
    documentation=f"{DOCUMENTATION}/how_to_guides/quart_extensions/",
)


@optin(
    "session-cookie",
    how='SESSION_COOKIE_SECURE = True and SESSION_COOKIE_SAMESITE = "Lax"',
    documentation=f"{DOCUMENTATION}/how_to_guides/configuration/",
)
def session_cookie() -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"


@capability("test-client")
def test_client() -> tuple[int, str]:
    async def get_ping() -> tuple[int, str]:
        response = await app.test_client().get("/ping")
        return response.status_code, await response.get_data(as_text=True)

    return asyncio.run(get_ping())


@capability("command-line")
def command_line() -> list[str]:
    return ["quart", "--help"]
