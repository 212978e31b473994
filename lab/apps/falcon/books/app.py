import falcon
import falcon.asgi
from falcon.media import JSONHandler
from pydantic_core import from_json

from books import errors
from books.auth import AuthMiddleware, TokenResource
from books.books import (
    AuthorsResource,
    BookResource,
    BooksResource,
    ExportResource,
    ImportResource,
    StatisticsResource,
)
from books.config import Config
from books.database import Database
from books.live import LiveResource
from books.pages import HealthResource, HomeResource
from books.request_log import RequestLogMiddleware
from books.schemas import LARGEST_ID
from books.webhook import Webhook


# region routing
def create_app(config: Config) -> falcon.asgi.App:
    database = Database(config)
    webhook = Webhook(config)
    live = LiveResource()

    app = falcon.asgi.App(
        middleware=[RequestLogMiddleware(), AuthMiddleware(config), database, webhook]
    )
    # Unlike the standard library, this refuses half a character and any depth of nesting.
    app.req_options.media_handlers[falcon.MEDIA_JSON] = JSONHandler(loads=from_json)
    app.add_route("/api/token", TokenResource(config))
    app.add_route("/api/authors", AuthorsResource(config, database))
    app.add_route("/api/books", BooksResource(config, database, live, webhook))
    app.add_route(f"/api/books/{{book_id:int(max={LARGEST_ID})}}", BookResource(database))
    app.add_route("/api/books/import", ImportResource(database))
    app.add_route("/api/books.csv", ExportResource(database))
    app.add_route("/api/statistics", StatisticsResource(database))
    app.add_route("/", HomeResource(database))
    app.add_route("/live", live)
    app.add_route("/health", HealthResource(database))
    # endregion
    errors.register(app)
    return app
