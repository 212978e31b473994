"""A catalogue of books."""

from collections.abc import Mapping

from quart import Quart
from quart_schema import QuartSchema

from books import command, database, errors, request_log, settings, webhook
from books.api import api
from books.document import Document
from books.live import LiveWebsocket, live
from books.pages import pages


# region routing
def create_app(config: Mapping[str, object] | None = None) -> Quart:
    app = Quart(__name__)
    settings.load(app, config)
    request_log.register(app)
    errors.register(app)
    database.register(app)
    QuartSchema(
        app,
        openapi_provider_class=Document,
        info={"title": "Books", "version": "1.0"},
        security_schemes={"bearer": {"type": "http", "scheme": "bearer", "bearer_format": "JWT"}},
    )
    app.register_blueprint(api, url_prefix="/api")
    app.register_blueprint(pages)
    app.register_blueprint(live)
    app.websocket_class = LiveWebsocket
    # endregion
    webhook.register(app)
    command.register(app)
    return app
