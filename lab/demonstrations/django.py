"""What Django does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import sys
from contextvars import ContextVar
from inspect import iscoroutinefunction
from types import ModuleType

import django
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.test import AsyncClient, Client
from django.test.utils import override_settings
from django.urls import path
from django.utils.decorators import sync_and_async_middleware

variable = ContextVar("variable", default="nobody")
seen = []


def site(view, *middleware):
    """Return the settings of a site with this view at `/` and this middleware, to be used as a context manager."""
    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["testserver"], DATABASES={}, SECRET_KEY="for-a-demonstration")
        django.setup()
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
