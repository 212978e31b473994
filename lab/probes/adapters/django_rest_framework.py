"""How Django REST framework registers the capabilities of the contract, in a project of Django's generator."""

import os
import subprocess
import sys
from importlib import import_module
from typing import Any

import django
from django.apps import AppConfig

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DJANGO = "https://docs.djangoproject.com/en/6.1"
DOCUMENTATION = "https://www.django-rest-framework.org"

if not (kit.WORKSPACE / "manage.py").exists():
    subprocess.run([sys.executable, "-m", "django", "startproject", "project", kit.WORKSPACE], check=True)
    subprocess.run([sys.executable, kit.WORKSPACE / "manage.py", "migrate", "--verbosity=0"], check=True)
sys.path.insert(0, str(kit.WORKSPACE))
os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"

settings = import_module("project.settings")
settings.DEBUG = False
settings.ALLOWED_HOSTS = ["127.0.0.1"]
settings.TEMPLATES[0]["DIRS"] = [kit.TEMPLATES]
settings.INSTALLED_APPS.append("rest_framework")


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

from django.http import HttpResponse, StreamingHttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.decorators import api_view  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

urlpatterns: list[Any] = import_module("project.urls").urlpatterns


@capability("ping")
def ping() -> None:
    class Ping(APIView):
        def get(self, request: Request) -> HttpResponse:
            return HttpResponse("pong", content_type="text/plain")

    urlpatterns.append(path("ping", Ping.as_view()))


missing(
    "async-sleep",
    "Views are ordinary functions and classes; the list of third-party packages has adrf for async ones.",
    documentation=f"{DOCUMENTATION}/community/third-party-packages/",
)


@capability("blocking-sleep")
def blocking_sleep() -> None:
    @api_view(["GET"])
    def view(request: Request) -> Response:
        kit.block()
        return Response({"slept": True})

    urlpatterns.append(path("blocking-sleep", view))


@capability("query")
def query() -> None:
    @api_view(["GET"])
    def view(request: Request) -> Response:
        return Response({"tag": request.query_params.getlist("tag")})

    urlpatterns.append(path("query", view))


@capability("path-text")
def path_text() -> None:
    @api_view(["GET"])
    def view(request: Request, value: str) -> Response:
        return Response({"value": value})

    urlpatterns.append(path("text/<value>", view))


@capability("typed-path")
def typed_path() -> None:
    @api_view(["GET"])
    def view(request: Request, value: int) -> Response:
        return Response({"value": value})

    urlpatterns.append(path("number/<int:value>", view))


missing(
    "typed-query",
    "request.query_params holds text; serializer fields decide, and annotations of a view are not read.",
    documentation=f"{DOCUMENTATION}/api-guide/requests/",
)


@capability("json-body")
def json_body() -> None:
    @api_view(["POST"])
    def view(request: Request) -> Response:
        return Response({"received": request.data})

    urlpatterns.append(path("json", view))


class ItemSerializer(serializers.Serializer[Any]):
    """The declared shape of an item."""

    name = serializers.CharField()
    quantity = serializers.IntegerField()


@capability("validation")
def validation() -> None:
    class Items(APIView):
        serializer_class = ItemSerializer

        def post(self, request: Request) -> Response:
            serializer = ItemSerializer(data=request.data)
            serializer.is_valid(raise_exception=True)
            return Response(serializer.validated_data)

    urlpatterns.append(path("items", Items.as_view()))


@capability("response-model")
def response_model() -> None:
    @api_view(["GET"])
    def view(request: Request) -> Response:
        return Response(ItemSerializer({"name": "a", "quantity": 1, "secret": "s3"}).data)

    urlpatterns.append(path("model", view))


@capability("form")
def form() -> None:
    @api_view(["POST"])
    def view(request: Request) -> Response:
        return Response({"a": request.data["a"]})

    urlpatterns.append(path("form", view))


@capability("upload")
def upload() -> None:
    @api_view(["POST"])
    def view(request: Request) -> Response:
        file = request.data["file"]
        return Response({"name": file.name, "size": file.size})

    urlpatterns.append(path("upload", view))


@capability("body-length")
def body_length() -> None:
    @api_view(["POST"])
    def view(request: Request) -> Response:
        return Response({"length": len(request.body)})

    urlpatterns.append(path("length", view))


@capability("template")
def template() -> None:
    from rest_framework.renderers import TemplateHTMLRenderer

    class Page(APIView):
        renderer_classes = (TemplateHTMLRenderer,)

        def get(self, request: Request) -> Response:
            return Response({"name": request.query_params["name"]}, template_name="hello.html")

    urlpatterns.append(path("template", Page.as_view()))


@capability("session")
def session() -> None:
    @api_view(["GET"])
    def view(request: Request) -> Response:
        request.session["user"] = "1"
        return Response({"user": request.session["user"]})

    urlpatterns.append(path("session", view))


@capability("stream")
def stream() -> None:
    @api_view(["GET"])
    def view(request: Request) -> StreamingHttpResponse:
        return StreamingHttpResponse(kit.chunks(), content_type="text/plain")

    urlpatterns.append(path("stream", view))


missing(
    "events",
    "Its responses are rendered whole, and Django has a streaming response only.",
    documentation=f"{DJANGO}/ref/request-response/#streaminghttpresponse-objects",
)


@capability("flood")
def flood() -> None:
    @api_view(["GET"])
    def view(request: Request) -> StreamingHttpResponse:
        return StreamingHttpResponse(kit.flood(), content_type="application/octet-stream")

    urlpatterns.append(path("flood", view))


@capability("ticks")
def ticks() -> None:
    @api_view(["GET"])
    def view(request: Request) -> StreamingHttpResponse:
        return StreamingHttpResponse(kit.ticks(), content_type="text/plain")

    urlpatterns.append(path("ticks", view))


@capability("background")
def background() -> None:
    from django.tasks import task

    work = task(kit.work)

    @api_view(["GET"])
    def view(request: Request) -> Response:
        work.enqueue()
        return Response({"started": True})

    urlpatterns.append(path("background", view))


@capability("error")
def error() -> None:
    @api_view(["GET"])
    def view(request: Request) -> Response:
        raise kit.failure()

    urlpatterns.append(path("error", view))


missing(
    "websocket",
    "Django serves HTTP only, under ASGI too; WebSocket comes with the official but separate package Channels.",
    documentation=f"{DJANGO}/howto/deployment/asgi/",
)
missing(
    "injection",
    "A view gets the request and the values of its path, nothing else.",
    documentation=f"{DOCUMENTATION}/api-guide/views/",
)


@capability("group")
def group() -> None:
    @api_view(["GET"])
    def view(request: Request) -> HttpResponse:
        return HttpResponse("pong", content_type="text/plain")

    urlpatterns.append(path("group/", include([path("ping", view)])))


missing(
    "static",
    "Django serves static files in debug mode only; in production a web server or a storage service has them.",
    documentation=f"{DJANGO}/howto/static-files/deployment/",
)


@capability("nan")
def nan() -> None:
    @api_view(["GET"])
    def view(request: Request) -> Response:
        return Response({"value": float("nan")})

    urlpatterns.append(path("nan", view))


@capability("openapi")
def openapi() -> str:
    from rest_framework.renderers import JSONOpenAPIRenderer
    from rest_framework.schemas import get_schema_view

    schema = get_schema_view(title="Probes", renderer_classes=[JSONOpenAPIRenderer])
    urlpatterns.append(path("openapi", schema))
    return "/openapi"


@capability("docs-ui")
def docs_ui() -> str:
    return "/query?tag=a&format=api"


missing(
    "cors",
    "Its page on cross-origin requests recommends the middleware of django-cors-headers.",
    documentation=f"{DOCUMENTATION}/topics/ajax-csrf-cors/",
)

app = import_module(f"project.{kit.VARIANT}").application


@capability("test-client")
def test_client() -> tuple[int, str]:
    from django.test.utils import setup_test_environment
    from rest_framework.test import APIClient

    setup_test_environment()
    response = APIClient().get("/ping")
    return response.status_code, response.text


missing(
    "command-line",
    "It has no tool of its own; its few commands are run by Django's manage.py.",
    documentation=f"{DOCUMENTATION}/#installation",
)
