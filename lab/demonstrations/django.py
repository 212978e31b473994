"""What Django does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import sys
from contextvars import ContextVar
from inspect import iscoroutinefunction
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory
from threading import get_ident
from types import ModuleType

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django.db.backends.signals import connection_created
from django.http import HttpResponse, StreamingHttpResponse
from django.test import AsyncClient, Client
from django.test.utils import override_settings
from django.urls import path
from django.utils.decorators import sync_and_async_middleware

variable = ContextVar("variable", default="nobody")
seen = []


def _start():
    """Set Django up with an empty database in memory, unless it is set up."""
    if not settings.configured:
        settings.configure(
            ALLOWED_HOSTS=["testserver"],
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
            INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
            SECRET_KEY="for-a-demonstration",
        )
        django.setup()


def site(view, *middleware):
    """Return the settings of a site with this view at `/` and this middleware, to be used as a context manager."""
    _start()
    module = sys.modules["demonstrated_site"] = ModuleType("demonstrated_site")
    module.urlpatterns = [path("", view)]
    for function in middleware:
        setattr(module, function.__name__, function)
    names = [f"demonstrated_site.{function.__name__}" for function in middleware]
    return override_settings(ROOT_URLCONF=module, MIDDLEWARE=names)


def sync_only(get_response):
    """Middleware of the synchronous style alone."""

    def middleware(request):
        variable.set("middleware")
        response = get_response(request)
        seen.append(variable.get())
        return response

    return middleware


@sync_and_async_middleware
def both_styles(get_response):
    """Middleware that is as asynchronous as what it calls."""
    if not iscoroutinefunction(get_response):
        return sync_only(get_response)

    async def middleware(request):
        variable.set("middleware")
        response = await get_response(request)
        seen.append(variable.get())
        return response

    return middleware


def sync_view(request):
    """Read the variable and set it."""
    seen.append(variable.get())
    variable.set("view")
    return HttpResponse()


async def async_view(request):
    """Read the variable and set it."""
    return sync_view(request)


async def _over_asgi():
    """Request `/` from the ASGI handler."""
    return await AsyncClient().get("/")


def context_variables_go_both_ways():
    """The view sees what middleware set and middleware sees what the view set, sync or async, under WSGI and ASGI."""
    for view in (sync_view, async_view):
        for middleware in (sync_only, both_styles):
            for ask in (lambda: Client().get("/"), lambda: asyncio.run(_over_asgi())):
                seen.clear()
                with site(view, middleware):
                    ask()
                assert seen == ["middleware", "view"], (view, middleware)


def streams_pass_middleware():
    """Middleware has returned before the view's generator, sync or async under ASGI, gives its first piece."""
    _sync_streams_pass()
    _async_streams_pass()


def _sync_streams_pass():
    """Show it for a generator under WSGI, with GZipMiddleware too."""
    made = []

    def pieces():
        for piece in (b"first", b"second"):
            made.append(piece)
            yield piece

    with site(lambda request: StreamingHttpResponse(pieces()), sync_only):
        response = Client().get("/")
        assert made == []
        assert next(iter(response.streaming_content)) == b"first"
        assert made == [b"first"]
    made.clear()
    with (
        site(lambda request: StreamingHttpResponse(pieces())),
        override_settings(MIDDLEWARE=["django.middleware.gzip.GZipMiddleware"]),
    ):
        response = Client().get("/", headers={"Accept-Encoding": "gzip"})
        assert (made, response["Content-Encoding"]) == ([], "gzip")
        assert len(list(response.streaming_content)) > 1


def _async_streams_pass():
    """Show it for an async generator under ASGI, with middleware of both styles."""
    made = []

    async def pieces():
        for piece in (b"first", b"second"):
            made.append(piece)
            yield piece

    async def view(request):
        return StreamingHttpResponse(pieces())

    async def first_piece():
        response = await _over_asgi()
        assert made == []
        return await anext(aiter(response.streaming_content))

    for middleware in (sync_only, both_styles):
        made.clear()
        with site(view, middleware):
            assert asyncio.run(first_piece()) == b"first"
            assert made == [b"first"]


def async_queries_run_in_a_thread():
    """The synchronous driver of an awaited query works in another thread than the event loop."""
    _start()
    from django.contrib.contenttypes.models import ContentType

    threads = []

    def note(**_):
        threads.append(get_ident())

    async def count():
        try:
            await ContentType.objects.acount()
        except OperationalError as error:
            return str(error)
        return None

    connection_created.connect(note)
    assert asyncio.run(count()) == "no such table: django_content_type"
    connection_created.disconnect(note)
    assert len(threads) == 1
    assert threads != [get_ident()]


def a_new_project_sends_security_headers():
    """What startproject writes sends four security headers, but no Content-Security-Policy and no HSTS."""
    with site(lambda request: HttpResponse()), TemporaryDirectory() as folder:
        call_command("startproject", "demonstrated", folder)
        written = run_path(str(Path(folder, "demonstrated", "settings.py")))
        with override_settings(MIDDLEWARE=written["MIDDLEWARE"]):
            headers = Client().get("/", secure=True).headers
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {name: headers.get(name) for name in expected} == expected
    assert not {"Content-Security-Policy", "Strict-Transport-Security"} & set(headers)
    assert not [name for name in written if name.startswith("SECURE_")]
