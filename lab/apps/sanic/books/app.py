from pathlib import Path

from pydantic_core import from_json
from sanic import Sanic

from books import command, document, errors, models, request_log
from books.api import api
from books.live import live
from books.notify import notify
from books.pages import pages
from books.request_log import LOGGING, LoggedRequest
from books.settings import Settings


# region routing
def create_app(*, settings: Settings | None = None) -> Sanic:
    # Unlike the default, this parser refuses half a character.
    app = Sanic("books", request_class=LoggedRequest, log_config=LOGGING, loads=from_json)
    app.config.update((settings or Settings.from_env()).model_dump())
    app.config.TEMPLATING_PATH_TO_TEMPLATES = Path(__file__).parent / "templates"
    for part in (request_log, models, errors, command, document):
        part.register(app)
    app.blueprint([api, pages, live, notify])
    return app


# endregion
