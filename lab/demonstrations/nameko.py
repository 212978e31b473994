"""What Nameko does when it is run: each function shows the claim in its docstring, or fails."""

import importlib
import sys
from contextlib import contextmanager
from contextvars import ContextVar

import eventlet
from eventlet.event import Event
from eventlet.green.http import client
from nameko.containers import ServiceContainer
from nameko.extensions import DependencyProvider
from nameko.web.handlers import HttpRequestHandler, http
from nameko.web.server import WebServer
from werkzeug.wrappers import Response

PATIENCE = 5
"""Seconds after which a wait counts as lost."""


@contextmanager
def running(service):
    """Run the service; give a function that opens a request for `/` and returns the response, its body unread."""
    listener = eventlet.listen(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    container = ServiceContainer(service, {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}"})
    container.start()

    def ask(method="GET", body=None, **headers):
        connection = client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request(method, "/", body, headers={"Connection": "close", **headers})
        return connection.getresponse()

    try:
        yield ask
    finally:
        container.stop()


def entrypoint_behind(before, after):
    """Return a decorator like `http`, on a server with WSGI middleware that calls these functions."""

    class Server(WebServer):
        def get_wsgi_app(self):
            app = super().get_wsgi_app()

            def middleware(environ, start_response):
                before()
                body = app(environ, start_response)
                after()
                return body

            return middleware

    class Entrypoint(HttpRequestHandler):
        server = Server()

    return Entrypoint.decorator


def context_variables_pass_providers_but_not_wsgi():
    """A method and a dependency provider see what the other set; a method does not see what WSGI middleware set."""
    by_provider, by_middleware = (ContextVar(name, default="nobody") for name in ("by_provider", "by_middleware"))
    seen = []

    def look(who):
        seen.append((who, by_provider.get(), by_middleware.get()))

    class Provider(DependencyProvider):
        def worker_setup(self, worker_ctx):
            by_provider.set("provider")

        def worker_result(self, worker_ctx, result=None, exc_info=None):
            look("provider")

    entrypoint = entrypoint_behind(lambda: by_middleware.set("middleware"), lambda: look("middleware"))

    class Service:
        name = "demonstrated"
        provider = Provider()

        @entrypoint("GET", "/")
        def method(self, request):
            look("method")
            by_provider.set("method")
            by_middleware.set("method")
            return ""

    with running(Service) as ask:
        assert ask().status == 200
    assert seen == [
        ("method", "provider", "nobody"),
        ("provider", "method", "method"),
        ("middleware", "nobody", "middleware"),
    ]


def streams_pass_providers_and_wsgi():
    """The client has a first piece of 8 KiB before the second is made, after worker_result and WSGI middleware."""
    happened, arrived = [], Event()

    def pieces():
        yield b"1" * 8192
        with eventlet.Timeout(PATIENCE):
            arrived.wait()
        happened.append("second piece")
        yield b"2" * 8192

    class Provider(DependencyProvider):
        def worker_result(self, worker_ctx, result=None, exc_info=None):
            happened.append("provider")

    entrypoint = entrypoint_behind(lambda: None, lambda: happened.append("middleware"))

    class Service:
        name = "demonstrated"
        provider = Provider()

        @entrypoint("GET", "/")
        def method(self, request):
            return Response(pieces())

    with running(Service) as ask:
        response = ask()
        assert response.read(8192) == b"1" * 8192
        happened.append("first piece arrived")
        arrived.send()
        assert response.read() == b"2" * 8192
    assert happened == ["provider", "middleware", "first piece arrived", "second piece"]


def a_managed_thread_outlives_the_worker():
    """A managed thread that a provider spawns for a method runs on after worker_teardown and the response."""
    happened, responded, worked = [], Event(), Event()

    def work():
        with eventlet.Timeout(PATIENCE):
            responded.wait()
        happened.append("work ended")
        worked.send()

    class Provider(DependencyProvider):
        def get_dependency(self, worker_ctx):
            return self.container.spawn_managed_thread

        def worker_teardown(self, worker_ctx):
            happened.append("worker_teardown")

    class Service:
        name = "demonstrated"
        spawn = Provider()

        @http("GET", "/")
        def method(self, request):
            self.spawn(work)
            return ""

    with running(Service) as ask:
        ask().read()
        eventlet.sleep(0.1)
        happened.append("response")
        responded.send()
        with eventlet.Timeout(PATIENCE):
            worked.wait()
    assert happened == ["worker_teardown", "response", "work ended"]


def small_pieces_arrive_together():
    """The client has nothing of a first small piece while the second is not made; then both arrive together."""
    waited_for = Event()

    def pieces():
        yield b"first "
        with eventlet.Timeout(PATIENCE):
            waited_for.wait()
        yield b"second"

    class Service:
        name = "demonstrated"

        @http("GET", "/")
        def method(self, request):
            return Response(pieces())

    with running(Service) as ask:
        asked = eventlet.spawn(ask)
        eventlet.sleep(0.5)
        assert not asked.dead
        waited_for.send()
        assert asked.wait().read() == b"first second"


def an_upload_is_kept_in_a_file():
    """An uploaded file of 5 MB is kept in a file of the operating system, not in memory."""
    rolled = []

    class Service:
        name = "demonstrated"

        @http("POST", "/")
        def method(self, request):
            rolled.append(request.files["upload"].stream._rolled)
            return ""

    form = b'--edge\r\nContent-Disposition: form-data; name="upload"; filename="five.bin"\r\n\r\n%s\r\n--edge--\r\n'
    with running(Service) as ask:
        answer = ask("POST", form % (b"5" * 5_000_000), **{"Content-Type": "multipart/form-data; boundary=edge"})
        assert answer.status == 200
    assert rolled == [True]


def the_module_for_websockets_cannot_be_imported():
    """The module nameko.web.websocket cannot be imported, because it reads the version from Werkzeug."""
    import werkzeug

    try:
        importlib.import_module("nameko.web.websocket")
    except AttributeError as error:
        assert "__version__" in str(error)
    else:
        raise AssertionError(f"it was imported with {werkzeug}")


def the_command_needs_pkg_resources():
    """Without pkg_resources the module of the command cannot be imported."""
    before = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = None
    try:
        importlib.import_module("nameko.cli.main")
    except ImportError as error:
        assert "pkg_resources" in str(error)
    else:
        raise AssertionError("it was imported")
    finally:
        del sys.modules["pkg_resources"]
        if before:
            sys.modules["pkg_resources"] = before
