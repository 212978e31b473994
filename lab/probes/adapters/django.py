"""How Django registers the capabilities of the contract, in a project of its own generator, under WSGI or ASGI."""

import os
import subprocess
import sys
from importlib import import_module
from typing import Any

import django
from django.apps import AppConfig
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://docs.djangoproject.com/en/6.1"
ASYNC = kit.VARIANT == "asgi"

if not (kit.WORKSPACE / "manage.py").exists():
    subprocess.run([sys.executable, "-m", "django", "startproject", "project", kit.WORKSPACE], check=True)
    subprocess.run([sys.executable, kit.WORKSPACE / "manage.py", "migrate", "--verbosity=0"], check=True)
sys.path.insert(0, str(kit.WORKSPACE))
os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"

settings = import_module("project.settings")
settings.DEBUG = False
settings.ALLOWED_HOSTS = ["127.0.0.1"]
settings.TEMPLATES[0]["DIRS"] = [kit.TEMPLATES]


@optin(
    "session-cookie", how="SESSION_COOKIE_SECURE = True", documentation=f"{DOCUMENTATION}/topics/security/#ssl-https"
)
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
urlpatterns: list[Any] = import_module("project.urls").urlpatterns


@capability("ping")
def ping() -> None:
    class Ping(View):
        def get(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse("pong", content_type="text/plain")

    urlpatterns.append(path("ping", csrf_exempt(Ping.as_view())))


@capability("async-sleep")
def async_sleep() -> None:
    async def view(request: HttpRequest) -> JsonResponse:
        await kit.pause()
        return JsonResponse({"slept": True})

    urlpatterns.append(path("async-sleep", view))


@capability("blocking-sleep")
def blocking_sleep() -> None:
    def view(request: HttpRequest) -> JsonResponse:
        kit.block()
        return JsonResponse({"slept": True})

    urlpatterns.append(path("blocking-sleep", view))


@capability("query")
def query() -> None:
    def view(request: HttpRequest) -> JsonResponse:
        return JsonResponse({"tag": request.GET.getlist("tag")})

    urlpatterns.append(path("query", view))


@capability("path-text")
def path_text() -> None:
    def view(request: HttpRequest, value: str) -> JsonResponse:
        return JsonResponse({"value": value})

    urlpatterns.append(path("text/<value>", view))


@capability("typed-path")
def typed_path() -> None:
    def view(request: HttpRequest, value: int) -> JsonResponse:
        return JsonResponse({"value": value})

    urlpatterns.append(path("number/<int:value>", view))


missing(
    "typed-query",
    "A view takes the request and the values of its path; request.GET holds text, and annotations are not read.",
    documentation=f"{DOCUMENTATION}/topics/http/views/",
)
missing(
    "json-body",
    "request.POST holds form data only; other bodies are bytes, which the project decodes itself.",
    documentation=f"{DOCUMENTATION}/ref/request-response/#django.http.HttpRequest.body",
)
missing(
    "validation",
    "Forms validate form data; nothing reads a JSON body or declares its shape.",
    documentation=f"{DOCUMENTATION}/topics/forms/",
)
missing(
    "response-model",
    "Serializers write models in a fixed shape; JsonResponse writes what it is given, without a declared shape.",
    documentation=f"{DOCUMENTATION}/topics/serialization/",
)


@capability("form")
def form() -> dict[str, str]:
    def view(request: HttpRequest) -> JsonResponse:
        return JsonResponse({"a": request.POST["a"]})

    urlpatterns.append(path("form", view))
    token = kit.KEY[:32]
    return {"Cookie": f"csrftoken={token}", "X-CSRFToken": token}


@capability("upload")
def upload() -> None:
    @csrf_exempt
    def view(request: HttpRequest) -> JsonResponse:
        file = request.FILES["file"]
        return JsonResponse({"name": file.name, "size": file.size})

    urlpatterns.append(path("upload", view))


@capability("body-length")
def body_length() -> None:
    @csrf_exempt
    def view(request: HttpRequest) -> JsonResponse:
        return JsonResponse({"length": len(request.body)})

    urlpatterns.append(path("length", view))


@capability("template")
def template() -> None:
    from django.shortcuts import render

    def view(request: HttpRequest) -> HttpResponse:
        return render(request, "hello.html", {"name": request.GET["name"]})

    urlpatterns.append(path("template", view))


@capability("session")
def session() -> None:
    def view(request: HttpRequest) -> JsonResponse:
        request.session["user"] = "1"
        return JsonResponse({"user": request.session["user"]})

    urlpatterns.append(path("session", view))


@capability("stream")
def stream() -> None:
    def view(request: HttpRequest) -> StreamingHttpResponse:
        chunks = kit.chunks_async() if ASYNC else kit.chunks()
        return StreamingHttpResponse(chunks, content_type="text/plain")

    urlpatterns.append(path("stream", view))


missing(
    "events",
    "There is a streaming response only; the format of the events is written by hand.",
    documentation=f"{DOCUMENTATION}/ref/request-response/#streaminghttpresponse-objects",
)


@capability("flood")
def flood() -> None:
    def view(request: HttpRequest) -> StreamingHttpResponse:
        pieces = kit.flood_async() if ASYNC else kit.flood()
        return StreamingHttpResponse(pieces, content_type="application/octet-stream")

    urlpatterns.append(path("flood", view))


@capability("ticks")
def ticks() -> None:
    def view(request: HttpRequest) -> StreamingHttpResponse:
        pieces = kit.ticks_async() if ASYNC else kit.ticks()
        return StreamingHttpResponse(pieces, content_type="text/plain")

    urlpatterns.append(path("ticks", view))


@capability("background")
def background() -> None:
    from django.tasks import task

    work = task(kit.work)

    def view(request: HttpRequest) -> JsonResponse:
        work.enqueue()
        return JsonResponse({"started": True})

    urlpatterns.append(path("background", view))


@capability("error")
def error() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise kit.failure()

    urlpatterns.append(path("error", view))


missing(
    "websocket",
    "Django serves HTTP only, under ASGI too; WebSocket comes with the official but separate package Channels.",
    documentation=f"{DOCUMENTATION}/howto/deployment/asgi/",
)
missing(
    "injection",
    "A view gets the request and the values of its path, nothing else.",
    documentation=f"{DOCUMENTATION}/topics/http/views/",
)


@capability("group")
def group() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("pong", content_type="text/plain")

    urlpatterns.append(path("group/", include([path("ping", view)])))


missing(
    "static",
    "Static files are served in debug mode only; in production a web server or a storage service has them.",
    documentation=f"{DOCUMENTATION}/howto/static-files/deployment/",
)


@capability("nan")
def nan() -> None:
    def view(request: HttpRequest) -> JsonResponse:
        return JsonResponse({"value": float("nan")})

    urlpatterns.append(path("nan", view))


missing("openapi", "Django describes no API.", documentation=f"{DOCUMENTATION}/contents/")
missing("docs-ui", "Django describes no API.", documentation=f"{DOCUMENTATION}/contents/")
missing(
    "cors",
    "Core has no such middleware; the list of its middleware shows what there is.",
    documentation=f"{DOCUMENTATION}/ref/middleware/",
)

app = import_module(f"project.{kit.VARIANT}").application


@capability("test-client")
def test_client() -> tuple[int, str]:
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    response = Client().get("/ping")
    return response.status_code, response.text


@capability("command-line")
def command_line() -> list[str]:
    return ["django-admin", "--help"]
