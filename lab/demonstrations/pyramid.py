"""What Pyramid does when it is run: each function shows the claim in its docstring, or fails."""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response

Handler = Callable[[Request], Response]


def between(handler: Handler, registry: Registry) -> Handler:
    """Return the tween that the registry holds, around the handler."""
    return lambda request: registry["tween"](handler, request)


def application(view: Callable[[Request], Any], tween: Callable[[Handler, Request], Response] | None = None) -> Any:
    """Return a WSGI application with the view at `/`, behind the tween if there is one."""
    with Configurator() as config:
        config.add_route("home", "/")
        config.add_view(view, route_name="home")
        if tween:
            config.registry["tween"] = tween
            config.add_tween(f"{__name__}.between")
        return config.make_wsgi_app()


def an_async_view_fails_with_value_error() -> None:
    """A request to an async view ends in ValueError, because its coroutine is not a response."""

    async def view(_request: Request) -> Response:
        return Response("never sent")

    try:
        Request.blank("/").send(application(view))
    except ValueError as error:
        assert "coroutine" in str(error)
    else:
        raise AssertionError("the view was accepted")


def context_variables_go_both_ways() -> None:
    """A view sees a context variable that a tween set, and the tween sees what the view set."""
    variable = ContextVar("variable", default="nobody")
    seen = []

    def tween(handler: Handler, request: Request) -> Response:
        variable.set("tween")
        response = handler(request)
        seen.append(variable.get())
        return response

    def view(_request: Request) -> Response:
        seen.append(variable.get())
        variable.set("view")
        return Response()

    Request.blank("/").send(application(view, tween))
    assert seen == ["tween", "view"]


def pieces_leave_through_a_tween() -> None:
    """Behind a tween, the first piece of a body leaves before the second one is made."""
    made = []

    def pieces() -> Iterator[bytes]:
        for piece in (b"first", b"second"):
            made.append(piece)
            yield piece

    def tween(handler: Handler, request: Request) -> Response:
        return handler(request)

    app = application(lambda _request: Response(app_iter=pieces()), tween)
    body = iter(app(Request.blank("/").environ, lambda *_started: None))
    assert next(body) == b"first"
    assert made == [b"first"]
    assert list(body) == [b"second"]


def an_upload_is_kept_in_a_file() -> None:
    """An uploaded file of 5 MB is kept in a file of the operating system, not in memory."""

    def view(request: Request) -> Response:
        assert request.POST["upload"].file.fileno() > 0
        return Response()

    upload = Request.blank("/", POST={"upload": ("five.bin", b"5" * 5_000_000)})
    assert upload.send(application(view)).status_code == 200
