from pathlib import Path

from sanic import Sanic

from books import command, errors, models, request_log
from books.api import api
from books.live import live
from books.notify import notify
from books.pages import pages
from books.request_log import LoggedRequest
from books.settings import Settings


# region routing
def create_app(*, settings: Settings | None = None) -> Sanic:
    app = Sanic("books", request_class=LoggedRequest)
    app.config.update((settings or Settings.from_env()).model_dump())
    app.config.TEMPLATING_PATH_TO_TEMPLATES = Path(__file__).parent / "templates"
    app.ext.openapi.describe("Books", version="1")
    app.ext.openapi.add_security_scheme("bearer", "http", scheme="bearer", bearer_format="JWT")
    for part in (request_log, models, errors, command):
        part.register(app)
    app.blueprint([api, pages, live, notify])
    return app


# endregion
