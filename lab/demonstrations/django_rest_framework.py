"""What Django REST framework does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import sys
import warnings
from types import ModuleType

import django
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient, Client
from django.test.utils import override_settings
from django.urls import path

BIG = "x" * 2_700_000
"""More characters than the 2,621,440 bytes of Django's DATA_UPLOAD_MAX_MEMORY_SIZE."""


def _start():
    """Set Django up with the package, unless it is set up."""
    if not settings.configured:
        settings.configure(
            ALLOWED_HOSTS=["testserver"],
            INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"],
            REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": []},
            SECRET_KEY="for-a-demonstration",
        )
        django.setup()


def _site(handler):
    """Return the settings of a site whose APIView at `/` has this handler, to be used as a context manager."""
    from rest_framework.views import APIView

    view = type("Demonstrated", (APIView,), {"get": handler, "post": handler})
    module = sys.modules["demonstrated_site"] = ModuleType("demonstrated_site")
    module.urlpatterns = [path("", view.as_view())]
    return override_settings(ROOT_URLCONF=module)


def async_handlers_fail():
    """An async handler of an APIView fails with an AssertionError, under WSGI and under ASGI."""
    _start()

    async def handler(self, request):
        return None

    async def over_asgi():
        await AsyncClient().get("/")

    warnings.filterwarnings("ignore", "coroutine .* was never awaited")
    for ask in (lambda: Client().get("/"), lambda: asyncio.run(over_asgi())):
        said = ""
        with _site(handler):
            try:
                ask()
            except AssertionError as error:
                said = str(error)
        assert "but received a `<class 'coroutine'>`" in said


def request_data_has_a_limit():
    """JSON and form data above 2.5 MB get 400; an uploaded file of that size is accepted."""
    _start()
    from rest_framework.response import Response
    from rest_framework.test import APIClient

    def handler(self, request):
        return Response(list(request.data))

    with _site(handler):
        client = APIClient()
        for form in ("json", "multipart"):
            assert client.post("/", {"field": "x"}, format=form).status_code == 200
            assert client.post("/", {"field": BIG}, format=form).status_code == 400
        file = SimpleUploadedFile("file", BIG.encode())
        assert client.post("/", {"file": file}, format="multipart").status_code == 200
