"""How Django Ninja registers the capabilities of the contract, in a project of Django's generator."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any

import django
from django.apps import AppConfig

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DJANGO = "https://docs.djangoproject.com/en/6.1"
DOCUMENTATION = "https://django-ninja.dev"

if not (kit.WORKSPACE / "manage.py").exists():
    subprocess.run([sys.executable, "-m", "django", "startproject", "project", kit.WORKSPACE], check=True)
    subprocess.run([sys.executable, kit.WORKSPACE / "manage.py", "migrate", "--verbosity=0"], check=True)
sys.path.insert(0, str(kit.WORKSPACE))
os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"

settings = import_module("project.settings")
settings.DEBUG = False
settings.ALLOWED_HOSTS = ["127.0.0.1"]
settings.TEMPLATES[0]["DIRS"] = [kit.TEMPLATES]


@optin("session-cookie", how="SESSION_COOKIE_SECURE = True", documentation=f"{DJANGO}/topics/security/#ssl-https")
def session_cookie() -> None:
    settings.SESSION_COOKIE_SECURE = True


class Probes(AppConfig):
    """The application of this adapter."""

    name = "project"

    def ready(self) -> None:
        """Run at the start; Django has nothing that runs at the stop."""
        kit.started()


@capability("lifespan")
def lifespan() -> None:
    settings.INSTALLED_APPS.append(f"{__name__}.Probes")


django.setup()

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from ninja import File, Form, NinjaAPI, Query, Router, Schema, UploadedFile  # noqa: E402

api = NinjaAPI()


@capability("ping")
def ping() -> None:
    @api.get("/ping")
    def ping(request: HttpRequest) -> HttpResponse:
        return HttpResponse("pong", content_type="text/plain")


@capability("async-sleep")
def async_sleep() -> None:
    @api.get("/async-sleep")
    async def async_sleep(request: HttpRequest) -> dict[str, bool]:
        await kit.pause()
        return {"slept": True}


@capability("blocking-sleep")
def blocking_sleep() -> None:
    @api.get("/blocking-sleep")
    def blocking_sleep(request: HttpRequest) -> dict[str, bool]:
        kit.block()
        return {"slept": True}


@capability("query")
def query() -> None:
    @api.get("/query")
    def query(request: HttpRequest, tag: Query[list[str]]) -> dict[str, list[str]]:
        return {"tag": tag}


@capability("path-text")
def path_text() -> None:
    @api.get("/text/{value}")
    def path_text(request: HttpRequest, value: str) -> dict[str, str]:
        return {"value": value}


@capability("typed-path")
def typed_path() -> None:
    @api.get("/number/{value}")
    def typed_path(request: HttpRequest, value: int) -> dict[str, int]:
        return {"value": value}


@capability("typed-query")
def typed_query() -> None:
    @api.get("/typed-query")
    def typed_query(request: HttpRequest, number: int) -> dict[str, int]:
        return {"number": number}


@capability("json-body")
def json_body() -> None:
    from ninja import Body

    @api.post("/json")
    def json_body(request: HttpRequest, body: Body[dict[str, Any]]) -> dict[str, Any]:
        return {"received": body}


STRICT = "https://docs.pydantic.dev/latest/concepts/strict_mode/"
optin("string-for-integer", how='model_config = {"strict": True} in the schema', documentation=STRICT)
optin("boolean-for-integer", how='model_config = {"strict": True} in the schema', documentation=STRICT)


@capability("validation")
def validation() -> None:
    from pydantic import ConfigDict

    class Item(Schema):
        model_config = ConfigDict(strict=kit.OPTED_IN)

        name: str
        quantity: int

    @api.post("/items", response=Item)
    def validation(request: HttpRequest, item: Item) -> Item:
        return item


@capability("response-model")
def response_model() -> None:
    class Item(Schema):
        name: str
        quantity: int

    @api.get("/model", response=Item)
    def response_model(request: HttpRequest) -> dict[str, Any]:
        return {"name": "a", "quantity": 1, "secret": "s3"}


@capability("form")
def form() -> None:
    @api.post("/form")
    def form(request: HttpRequest, a: Form[str]) -> dict[str, str]:
        return {"a": a}


@capability("upload")
def upload() -> None:
    @api.post("/upload")
    def upload(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
        return {"name": file.name, "size": file.size}


@capability("body-length")
def body_length() -> None:
    @api.post("/length")
    def body_length(request: HttpRequest) -> dict[str, int]:
        return {"length": len(request.body)}


@capability("template")
def template() -> None:
    from django.shortcuts import render

    @api.get("/template")
    def template(request: HttpRequest, name: str) -> HttpResponse:
        return render(request, "hello.html", {"name": name})


@capability("session")
def session() -> None:
    @api.get("/session")
    def session(request: HttpRequest) -> dict[str, str]:
        request.session["user"] = "1"
        return {"user": request.session["user"]}


@capability("stream")
def stream() -> None:
    @api.get("/stream")
    def stream(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(kit.chunks_async(), content_type="text/plain")


@capability("events")
def events() -> None:
    from ninja.streaming import SSE

    @api.get("/events", response=SSE[int])
    async def events(request: HttpRequest) -> AsyncIterator[int]:
        async for number in kit.numbers_async():
            yield number


@capability("flood")
def flood() -> None:
    @api.get("/flood")
    def flood(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(kit.flood_async(), content_type="application/octet-stream")


@capability("ticks")
def ticks() -> None:
    @api.get("/ticks")
    def ticks(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(kit.ticks_async(), content_type="text/plain")


@capability("background")
def background() -> None:
    from django.tasks import task

    work = task(kit.work)

    @api.get("/background")
    def background(request: HttpRequest) -> dict[str, bool]:
        work.enqueue()
        return {"started": True}


@capability("error")
def error() -> None:
    @api.get("/error")
    def error(request: HttpRequest) -> None:
        raise kit.failure()


missing(
    "websocket",
    "Django serves HTTP only, under ASGI too; WebSocket comes with the official but separate package Channels.",
    documentation=f"{DJANGO}/howto/deployment/asgi/",
)
missing(
    "injection",
    "Left out on purpose: handlers read attributes of the request instead.",
    documentation=f"{DOCUMENTATION}/motivation/",
)


@capability("group")
def group() -> None:
    router = Router()

    @router.get("/ping")
    def ping(request: HttpRequest) -> HttpResponse:
        return HttpResponse("pong", content_type="text/plain")

    api.add_router("/group", router)


missing(
    "static",
    "Django serves static files in debug mode only; in production a web server or a storage service has them.",
    documentation=f"{DJANGO}/howto/static-files/deployment/",
)


@capability("nan")
def nan() -> None:
    @api.get("/nan")
    def nan(request: HttpRequest) -> dict[str, float]:
        return {"value": float("nan")}


@capability("openapi")
def openapi() -> str:
    return "/openapi.json"


@capability("docs-ui")
def docs_ui() -> str:
    return "/docs"


missing(
    "cors",
    "Neither Django Ninja nor Django has such a middleware; Django's list of middleware shows what there is.",
    documentation=f"{DJANGO}/ref/middleware/",
)

import_module("project.urls").urlpatterns.append(path("", api.urls))
app = import_module(f"project.{kit.VARIANT}").application


@capability("test-client")
def test_client() -> tuple[int, str]:
    from ninja.testing import TestClient

    response = TestClient(api).get("/ping")
    return response.status_code, response.content.decode()


missing(
    "command-line",
    "It has no tool of its own; its command export_openapi_schema is run by Django's manage.py.",
    documentation=f"{DOCUMENTATION}/reference/management-commands/",
)
