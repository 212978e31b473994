"""What Masonite does when it is run: each function shows the claim in its docstring, or fails."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from wsgiref.util import setup_testing_defaults

PATIENCE = 5
"""Seconds after which a wait counts as lost."""
NEW_PROJECT = ("new", ".", "--preset=none", "--no-venv", "--no-git", "--no-serve", "--no-input", "--force")


@cache
def _application():
    """Return the application of a new project, which `masonite new` creates in a folder for temporary files."""
    folder = tempfile.mkdtemp(prefix="masonite-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    masonite = Path(sys.executable).with_name("masonite")
    subprocess.run([masonite, *NEW_PROJECT], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    # Masonite looks for the configuration in the working directory.
    os.chdir(folder)
    sys.path.insert(0, folder)
    from wsgi import application

    return application


def request(action, middleware):
    """Give a new route with this action and this middleware one request; return the body."""
    from masonite.controllers import Controller
    from masonite.routes import Route

    class Demonstrated(Controller):
        def __call__(self):
            return action(application)

    application = _application()
    application.make("middleware").add({"demonstrated": [middleware]})
    application.make("router").routes.insert(0, Route.get("/", Demonstrated()).middleware("demonstrated"))
    environ = {}
    setup_testing_defaults(environ)
    statuses = []
    body = b"".join(application(environ, lambda status, headers: statuses.append(status)))
    assert statuses == ["200 OK"], (statuses, body)
    return body


def context_variables_go_both_ways():
    """A controller sees what the before method of middleware set, and the after method what the controller set."""
    variable = ContextVar("variable", default="nobody")
    seen = []

    class Middleware:
        def before(self, request, response):
            variable.set("middleware")
            return request

        def after(self, request, response):
            seen.append(variable.get())
            return request

    def action(application):
        seen.append(variable.get())
        variable.set("controller")
        return "done"

    assert request(action, Middleware) == b"done"
    assert seen == ["middleware", "controller"]


def queued_work_outlives_middleware():
    """A job on the default queue runs in a thread and ends after middleware and the response."""
    happened, responded, worked = [], threading.Event(), threading.Event()

    class Middleware:
        def before(self, request, response):
            return request

        def after(self, request, response):
            happened.append("middleware ended")
            return request

    class Job:
        def handle(self):
            assert responded.wait(PATIENCE)
            happened.append("work ended")
            worked.set()

    def action(application):
        application.make("queue").push(Job())
        return "done"

    assert request(action, Middleware) == b"done"
    happened.append("response")
    responded.set()
    assert worked.wait(PATIENCE)
    assert happened == ["middleware ended", "response", "work ended"]


def a_parameter_of_an_integer_route_stays_a_string():
    """A route with @id:int matches /users/7 and not /users/seven; its parameter is the string 7."""
    from masonite.controllers import Controller
    from masonite.routes import Route

    _application()
    route = Route.get("/users/@id:int", Controller())
    assert route.match("/users/7", "get")
    assert not route.match("/users/seven", "get")
    assert route.extract_parameters("/users/7") == {"id": "7"}


def a_form_of_30_mb_is_read():
    """An urlencoded body of 30 MB is read whole."""
    from masonite.input import InputBag

    body = b"field=" + b"x" * 30_000_000
    environ = {
        "wsgi.input": BytesIO(body),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
    }
    assert len(InputBag().load(environ).get("field")) == 30_000_000


def form_requests_cannot_be_imported():
    """The class FormRequest that the documentation imports from masonite.request is not there."""
    import masonite.request

    assert not hasattr(masonite.request, "FormRequest")
