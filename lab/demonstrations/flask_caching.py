"""What Flask-Caching does when it is run: each function shows the claim in its docstring, or fails."""

# /// script
# dependencies = ["flask[async]"]
# ///

from itertools import count

from flask import Blueprint, Flask
from flask_caching import Cache


def _app():
    app = Flask("demonstrated")
    return app, Cache(app, config={"CACHE_TYPE": "SimpleCache"})


def memoized_async_functions_fail_in_async_views():
    """The decorator cached keeps the response of an async view; an async function that is memoized fails in one."""
    app, cache = _app()
    runs = count(1)

    @app.get("/cached")
    @cache.cached()
    async def cached():
        return f"run {next(runs)}"

    @cache.memoize()
    async def memoized():
        return "value"

    @app.get("/memoized")
    async def view():
        try:
            return await memoized()
        except RuntimeError as error:
            return f"RuntimeError: {error}"

    client = app.test_client()
    assert [client.get("/cached").text for _ in range(2)] == ["run 1", "run 1"]
    assert client.get("/memoized").text.startswith("RuntimeError: You cannot use AsyncToSync")


def views_of_blueprints_are_cached():
    """The decorator cached keeps the response of a blueprint's view, under the path that has the blueprint's prefix."""
    app, cache = _app()
    runs = count(1)
    blueprint = Blueprint("news", "demonstrated", url_prefix="/news")

    @blueprint.get("/")
    @cache.cached()
    def view():
        return f"run {next(runs)}"

    app.register_blueprint(blueprint)
    client = app.test_client()
    assert [client.get("/news/").text for _ in range(2)] == ["run 1", "run 1"]
    with app.app_context():
        assert cache.get("view//news/") == "run 1"
