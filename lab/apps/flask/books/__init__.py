"""A catalogue of books."""

from flask import Flask

from books import api, command, errors, live, pages, request_log, settings
from books.models import db, migrate


# region routing
def create_app(config: dict[str, str] | None = None) -> Flask:
    app = Flask(__name__)
    settings.load(app, config)
    db.init_app(app)
    migrate.init_app(app, db)
    app.register_blueprint(api.api, url_prefix="/api")
    app.register_blueprint(pages.pages)
    app.register_blueprint(live.live)
    # endregion
    errors.register(app)
    request_log.register(app)
    command.register(app)
    return app
