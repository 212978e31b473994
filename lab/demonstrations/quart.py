"""What Quart does when it is run: each function shows the claim in its docstring, or fails."""

# /// script
# dependencies = ["tortoise-orm", "aiosqlite", "hishel[async]"]
# ///

import asyncio
import sys
from contextvars import ContextVar
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import quart.ctx
from hishel import AsyncSqliteStorage
from hishel.asgi import ASGICacheMiddleware
from quart import Quart, request
from quart.datastructures import FileStorage
from tortoise import Tortoise
from tortoise.contrib.quart import register_tortoise
from tortoise.fields import IntField, TextField
from tortoise.models import Model

PATIENCE = 5
"""Seconds after which a wait counts as lost."""


def context_variables_depend_on_the_style():
    """Every view sees what async hooks and ASGI middleware set; only after_request sees what an async view set."""
    by_hook, by_middleware = (ContextVar(name, default="nobody") for name in ("by_hook", "by_middleware"))
    seen = {}

    def look(who):
        seen[who] = (by_hook.get(), by_middleware.get())

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

        async def __call__(self, scope, receive, send):
            by_hook.set("nobody")
            by_middleware.set("middleware")
            await self.app(scope, receive, send)
            look("middleware")

    async def ask(view):
        app = Quart("demonstrated")
        app.add_url_rule("/", view_func=view)

        @app.before_request
        async def before():
            by_hook.set("hook")

        @app.after_request
        async def after(response):
            look("hook")
            return response

        app.asgi_app = Middleware(app.asgi_app)
        await app.test_client().get("/")

    for view, seen_by_the_hook in ((async_view, ("view", "view")), (set_by_the_view, ("hook", "middleware"))):
        asyncio.run(ask(view))
        assert seen["view"] == ("hook", "middleware"), view
        assert seen["hook"] == seen_by_the_hook, view
        assert seen["middleware"] == ("nobody", "middleware"), view


def streams_pass_middleware():
    """ASGI middleware has sent on the first piece before the view's generator makes the second."""
    happened = []

    class Middleware:
        def __init__(self, app):
            self.app = app

        async def __call__(self, scope, receive, send):
            async def sent(message):
                if message.get("body"):
                    happened.append(("sent", message["body"]))
                await send(message)

            await self.app(scope, receive, sent)

    async def view():
        async def pieces():
            for piece in (b"first", b"second"):
                happened.append(("made", piece))
                yield piece

        return pieces()

    async def ask():
        app = Quart("demonstrated")
        app.add_url_rule("/", view_func=view)

        @app.after_request
        async def after(response):
            return response

        app.asgi_app = Middleware(app.asgi_app)
        await app.test_client().get("/")

    asyncio.run(ask())
    assert happened == [("made", b"first"), ("sent", b"first"), ("made", b"second"), ("sent", b"second")]


def background_tasks_outlive_the_middleware():
    """A task that the view adds is still running when the hooks and the ASGI middleware have ended."""
    happened = []

    class Middleware:
        def __init__(self, app):
            self.app = app

        async def __call__(self, scope, receive, send):
            await self.app(scope, receive, send)
            if scope["type"] == "http":
                happened.append("middleware")

    async def ask():
        app, responded, ended = Quart("demonstrated"), asyncio.Event(), asyncio.Event()

        async def work():
            await responded.wait()
            happened.append("work ended")
            ended.set()

        @app.get("/")
        async def view():
            app.add_background_task(work)
            return ""

        @app.teardown_request
        async def teardown(error):
            happened.append("teardown_request")

        app.asgi_app = Middleware(app.asgi_app)
        await app.test_client().get("/")
        happened.append("response")
        responded.set()
        await asyncio.wait_for(ended.wait(), PATIENCE)

    asyncio.run(ask())
    assert happened == ["teardown_request", "middleware", "response", "work ended"]


def caching_packages_fail():
    """Behind Hishel's middleware a request that misses the cache gets no answer; quart.ctx has no RequestContext."""
    assert not hasattr(quart.ctx, "RequestContext")

    async def ask(folder):
        app = Quart("demonstrated")

        @app.get("/")
        async def view():
            return "answered"

        assert (await app.test_client().get("/")).status_code == 200
        storage = AsyncSqliteStorage(database_path=Path(folder) / "cache.db")
        app.asgi_app = ASGICacheMiddleware(app.asgi_app, storage=storage)
        try:
            await asyncio.wait_for(app.test_client().get("/"), PATIENCE)
        except TimeoutError:
            return "no answer"
        return "answered"

    with TemporaryDirectory() as folder:
        assert asyncio.run(ask(folder)) == "no answer"


def large_uploads_go_to_disk():
    """A file of 600 KiB in a multipart body is on disk when the view reads it, and a file of 100 bytes is in memory."""
    on_disk = []

    async def ask():
        app = Quart("demonstrated")

        @app.post("/")
        async def view():
            on_disk.append((await request.files)["file"].stream._rolled)
            return ""

        for size in (100, 600 * 1024):
            file = FileStorage(BytesIO(b"x" * size), filename="file.bin")
            await app.test_client().post("/", files={"file": file})

    asyncio.run(ask())
    assert on_disk == [False, True]


class _Person(Model):
    id = IntField(primary_key=True)
    name = TextField()


def tortoise_needs_its_global_fallback():
    """After register_tortoise a view's query fails; after Tortoise.init with _enable_global_fallback it is awaited."""
    models = sys.modules["demonstrated_models"] = ModuleType("demonstrated_models")
    models.Person = _Person
    place = {"db_url": "sqlite://:memory:", "modules": {"models": ["demonstrated_models"]}}

    async def ask(set_up):
        app, seen = Quart("demonstrated"), []
        app.logger.disabled = True

        @app.get("/")
        async def view():
            try:
                await _Person.create(name="Ada")
            except RuntimeError as error:
                seen.append(str(error))
            else:
                seen.append([person.name for person in await _Person.all()])
            return ""

        set_up(app)
        async with app.test_app():
            await app.test_client().get("/")
        return seen

    def registered(app):
        register_tortoise(app, **place, generate_schemas=True)

    def with_fallback(app):
        @app.before_serving
        async def start():
            await Tortoise.init(**place, _enable_global_fallback=True)
            await Tortoise.generate_schemas()

        @app.after_serving
        async def stop():
            await Tortoise.close_connections()

    (refused,) = asyncio.run(ask(registered))
    assert "No TortoiseContext is currently active" in refused
    assert asyncio.run(ask(with_fallback)) == [["Ada"]]
