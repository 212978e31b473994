"""Answer a request under Waitress."""

# /// script
# dependencies = ["pyramid", "waitress"]
# [tool.lab]
# serve = "waitress-serve --listen=127.0.0.1:{port} smoke:app"
# ///

from pyramid.config import Configurator

with Configurator() as config:
    config.add_route("hello", "/")
    config.add_view(lambda request: {"hello": "world"}, route_name="hello", renderer="json")
    app = config.make_wsgi_app()
