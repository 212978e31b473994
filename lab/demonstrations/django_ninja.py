"""What Django Ninja does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import sys
import threading
from types import ModuleType

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

PATIENCE = 5
"""Seconds after which a wait counts as lost."""
BIG = "x" * 2_700_000
"""More characters than the 2,621,440 bytes of Django's DATA_UPLOAD_MAX_MEMORY_SIZE."""


def _api(name):
    """Return an API with a name of its own in a site that Django is set up for."""
    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["testserver"], SECRET_KEY="for-a-demonstration")
        django.setup()
    from ninja import NinjaAPI

    return NinjaAPI(urls_namespace=name)


def _site(api):
    """Return the settings of a site with this API at `/`, to be used as a context manager."""
    module = sys.modules["demonstrated_site"] = ModuleType("demonstrated_site")
    module.urlpatterns = [path("", api.urls)]
    return override_settings(ROOT_URLCONF=module)


async def _status(application, method):
    """Return the status of a request for `/meet` over ASGI."""
    received, sent = [], []

    async def receive():
        if received:
            await asyncio.sleep(PATIENCE)
        received.append("http.request")
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"testserver")]
    scope = {"type": "http", "method": method, "path": "/meet", "query_string": b"", "headers": headers}
    await application(scope, receive, send)
    return sent[0]["status"]


def sync_operations_run_in_threads():
    """Under ASGI two sync operations wait for each other while an async one of the same path responds."""
    api, both = _api("threads"), threading.Barrier(3)

    @api.get("/meet")
    def sync_operation(request):
        both.wait(PATIENCE)

    @api.post("/meet")
    async def async_operation(request):
        await asyncio.to_thread(both.wait, PATIENCE)

    async def ask():
        application = get_asgi_application()
        return await asyncio.gather(*(_status(application, method) for method in ("GET", "GET", "POST")))

    with _site(api):
        assert asyncio.run(ask()) == [200, 200, 200]


def bodies_have_a_limit():
    """A JSON body above 2.5 MB gets 400; an uploaded file of that size is accepted."""
    api = _api("limit")
    from ninja import File, Schema
    from ninja.files import UploadedFile

    class Body(Schema):
        field: str

    @api.post("/body")
    def with_body(request, body: Body):
        return len(body.field)

    @api.post("/file")
    def with_file(request, file: File[UploadedFile]):
        return file.size

    with _site(api):
        client = Client()
        assert client.post("/body", {"field": "x"}, content_type="application/json").status_code == 200
        assert client.post("/body", {"field": BIG}, content_type="application/json").status_code == 400
        file = SimpleUploadedFile("file", BIG.encode())
        assert client.post("/file", {"file": file}).json() == len(BIG)
