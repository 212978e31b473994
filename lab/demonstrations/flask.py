"""What Flask does when it is run: each function shows the claim in its docstring, or fails."""

# /// script
# dependencies = ["flask[async]"]
# ///

import threading
from contextvars import ContextVar

from flask import Flask, Response

PATIENCE = 5
"""Seconds after which a wait counts as lost."""


def context_variables_go_both_ways():
    """A view, sync or async, sees what before_request and WSGI middleware set, and both see what the view set."""
    by_hook, by_middleware = (ContextVar(name, default="nobody") for name in ("by_hook", "by_middleware"))
    seen = []

    def look(who):
        seen.append((who, by_hook.get(), by_middleware.get()))

    def set_by_the_view():
        look("view")
        by_hook.set("view")
        by_middleware.set("view")
        return ""

    async def async_view():
        return set_by_the_view()

    class Middleware:
        def __init__(self, app):
            self.app = app

        def __call__(self, environ, start_response):
            by_hook.set("nobody")
            by_middleware.set("middleware")
            body = self.app(environ, start_response)
            look("middleware")
            return body

    for view in (set_by_the_view, async_view):
        seen.clear()
        app = Flask("demonstrated")
        app.add_url_rule("/", view_func=view)
        app.before_request(lambda: by_hook.set("hook") and None)
        app.after_request(lambda response: look("hook") or response)
        app.wsgi_app = Middleware(app.wsgi_app)
        app.test_client().get("/")
        assert seen == [("view", "hook", "middleware"), ("hook", "view", "view"), ("middleware", "view", "view")], view


def streams_pass_middleware():
    """after_request hooks and WSGI middleware have the response before the view's generator makes the first piece."""
    made = []

    def pieces():
        for piece in (b"first", b"second"):
            made.append(piece)
            yield piece

    app = Flask("demonstrated")
    app.add_url_rule("/", view_func=lambda: Response(pieces()))
    app.after_request(lambda response: made.append("hook") or response)
    inner = app.wsgi_app

    def middleware(environ, start_response):
        body = inner(environ, start_response)
        made.append("middleware")
        return body

    app.wsgi_app = middleware
    response = app.test_client().get("/", buffered=False)
    # The test client fetches one piece, to have the headers.
    assert made == ["hook", "middleware", b"first"]
    assert list(response.iter_encoded()) == [b"first", b"second"]


def a_thread_outlives_the_hooks():
    """A thread that the view starts is still running when after_request and teardown_request have run."""
    happened, responded = [], threading.Event()
    threads = []

    def work():
        assert responded.wait(PATIENCE)
        happened.append("work ended")

    def view():
        threads.append(threading.Thread(target=work))
        threads[0].start()
        return ""

    app = Flask("demonstrated")
    app.add_url_rule("/", view_func=view)
    app.after_request(lambda response: happened.append("after_request") or response)
    app.teardown_request(lambda error: happened.append("teardown_request"))
    app.test_client().get("/")
    happened.append("response")
    responded.set()
    threads[0].join(PATIENCE)
    assert happened == ["after_request", "teardown_request", "response", "work ended"]
