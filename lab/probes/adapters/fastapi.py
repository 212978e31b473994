"""How FastAPI registers the capabilities of the contract."""

from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Query, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from pydantic import BaseModel

from lab.probes import kit
from lab.probes.kit import capability, optin

arguments: dict[str, Any] = {}


@capability("lifespan")
def lifespan() -> None:
    @asynccontextmanager
    async def hooks(app: FastAPI) -> AsyncIterator[None]:
        kit.started()
        yield
        kit.stopped()

    arguments["lifespan"] = hooks


@optin(
    "body-limit",
    how="FastAPI(max_body_size=1_000_000)",
    documentation="https://fastapi.tiangolo.com/advanced/request-body-limits/",
)
def body_limit() -> None:
    arguments["max_body_size"] = 1_000_000


app = FastAPI(**arguments)


@capability("ping")
def ping() -> None:
    @app.get("/ping", response_class=PlainTextResponse)
    async def handler() -> str:
        return "pong"


@capability("async-sleep")
def async_sleep() -> None:
    @app.get("/async-sleep")
    async def handler() -> dict[str, bool]:
        await kit.pause()
        return {"slept": True}


@capability("blocking-sleep")
def blocking_sleep() -> None:
    @app.get("/blocking-sleep")
    def handler() -> dict[str, bool]:
        kit.block()
        return {"slept": True}


@capability("query")
def query() -> None:
    @app.get("/query")
    async def handler(tag: Annotated[list[str], Query()]) -> dict[str, list[str]]:
        return {"tag": tag}


@capability("path-text")
def path_text() -> None:
    @app.get("/text/{value}")
    async def handler(value: str) -> dict[str, str]:
        return {"value": value}


@capability("typed-path")
def typed_path() -> None:
    @app.get("/number/{value}")
    async def handler(value: int) -> dict[str, int]:
        return {"value": value}


@capability("typed-query")
def typed_query() -> None:
    @app.get("/typed-query")
    async def handler(number: int) -> dict[str, int]:
        return {"number": number}


@capability("json-body")
def json_body() -> None:
    @app.post("/json")
    async def handler(body: dict[str, Any]) -> dict[str, Any]:
        return {"received": body}


STRICT = "https://docs.pydantic.dev/latest/concepts/strict_mode/"
optin("string-for-integer", how='model_config = {"strict": True} in the model', documentation=STRICT)
optin("boolean-for-integer", how='model_config = {"strict": True} in the model', documentation=STRICT)


@capability("validation")
def validation() -> None:
    class Item(BaseModel):
        model_config = {"strict": kit.OPTED_IN}

        name: str
        quantity: int

    @app.post("/items")
    async def handler(item: Item) -> Item:
        return item


@capability("response-model")
def response_model() -> None:
    class Item(BaseModel):
        name: str
        quantity: int

    class StoredItem(Item):
        secret: str

    @app.get("/model")
    async def handler() -> Item:
        return StoredItem(name="a", quantity=1, secret="s3")


@capability("form")
def form() -> None:
    from fastapi import Form

    @app.post("/form")
    async def handler(a: Annotated[str, Form()]) -> dict[str, str]:
        return {"a": a}


@capability("upload")
def upload() -> None:
    from fastapi import UploadFile

    @app.post("/upload")
    async def handler(file: UploadFile) -> dict[str, Any]:
        return {"name": file.filename, "size": len(await file.read())}


@capability("body-length")
def body_length() -> None:
    @app.post("/length")
    async def handler(request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}


@capability("template")
def template() -> None:
    from fastapi.templating import Jinja2Templates

    templates = Jinja2Templates(directory=kit.TEMPLATES)

    @app.get("/template", response_class=HTMLResponse)
    async def handler(request: Request, name: str) -> HTMLResponse:
        return templates.TemplateResponse(request=request, name="hello.html", context={"name": name})


optin(
    "session-cookie",
    how="SessionMiddleware(…, https_only=True)",
    documentation="https://starlette.dev/middleware/#sessionmiddleware",
)


@capability("session")
def session() -> None:
    from starlette.middleware.sessions import SessionMiddleware

    app.add_middleware(SessionMiddleware, secret_key=kit.KEY, https_only=kit.OPTED_IN)

    @app.get("/session")
    async def handler(request: Request) -> dict[str, str]:
        request.session["user"] = "1"
        return {"user": request.session["user"]}


@capability("stream")
def stream() -> None:
    class TextStream(StreamingResponse):
        media_type = "text/plain"

    @app.get("/stream", response_class=TextStream)
    async def handler() -> AsyncIterable[bytes]:
        async for chunk in kit.chunks_async():
            yield chunk


@capability("events")
def events() -> None:
    from fastapi.sse import EventSourceResponse

    @app.get("/events", response_class=EventSourceResponse)
    async def handler() -> AsyncIterable[int]:
        async for number in kit.numbers_async():
            yield number


@capability("flood")
def flood() -> None:
    @app.get("/flood")
    async def handler() -> StreamingResponse:
        return StreamingResponse(kit.flood_async(), media_type="application/octet-stream")


@capability("ticks")
def ticks() -> None:
    @app.get("/ticks")
    async def handler() -> StreamingResponse:
        return StreamingResponse(kit.ticks_async(), media_type="text/plain")


@capability("background")
def background() -> None:
    @app.get("/background")
    async def handler(tasks: BackgroundTasks) -> dict[str, bool]:
        tasks.add_task(kit.work_async)
        return {"started": True}


@capability("error")
def error() -> None:
    @app.get("/error")
    async def handler() -> None:
        raise kit.failure()


@capability("websocket")
def websocket() -> None:
    @app.websocket("/ws")
    async def handler(websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            while True:
                await websocket.send_text(await websocket.receive_text())
        except WebSocketDisconnect:
            pass


@capability("injection")
def injection() -> None:
    def provide() -> str:
        return "provided"

    @app.get("/injected")
    async def handler(value: Annotated[str, Depends(provide)]) -> dict[str, str]:
        return {"value": value}


@capability("group")
def group() -> None:
    router = APIRouter(prefix="/group")

    @router.get("/ping", response_class=PlainTextResponse)
    async def handler() -> str:
        return "pong"

    app.include_router(router)


@capability("static")
def static() -> None:
    from fastapi.staticfiles import StaticFiles

    app.mount("/static", StaticFiles(directory=kit.STATIC), name="static")


@capability("nan")
def nan() -> None:
    @app.get("/nan")
    async def handler() -> dict[str, float]:
        return {"value": float("nan")}


@capability("openapi")
def openapi() -> str:
    return "/openapi.json"


@capability("docs-ui")
def docs_ui() -> str:
    return "/docs"


@capability("cors")
def cors() -> None:
    from fastapi.middleware.cors import CORSMiddleware

    app.add_middleware(CORSMiddleware, allow_origins=[kit.FRIEND])


@optin("host-check", how="TrustedHostMiddleware", documentation="https://fastapi.tiangolo.com/advanced/middleware/")
def host_check() -> None:
    from fastapi.middleware.trustedhost import TrustedHostMiddleware

    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1"])


@capability("test-client")
def test_client() -> tuple[int, str]:
    from fastapi.testclient import TestClient

    response = TestClient(app).get("/ping")
    return response.status_code, response.text


@capability("command-line")
def command_line() -> list[str]:
    kit.require("fastapi_cli")
    return ["fastapi", "--help"]
