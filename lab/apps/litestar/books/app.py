from pathlib import Path

from advanced_alchemy.extensions.litestar import SQLAlchemyPlugin
from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.plugins.pydantic import PydanticPlugin
from litestar.template import TemplateConfig

from books.api import api
from books.auth import create_auth
from books.command import ImportPlugin
from books.errors import not_found, problem_details, server_error
from books.live import create_channels, live
from books.models import create_alchemy
from books.notify import Webhook
from books.pages import health, pages
from books.request_log import RequestLog, logging_config
from books.settings import Settings


# region routing
def create_app(settings: Settings | None = None) -> Litestar:
    settings = settings or Settings.from_env()
    alchemy, auth = create_alchemy(settings.database), create_auth(settings)
    webhook = Webhook(settings.webhook)
    app = Litestar(
        route_handlers=[api, pages, live, health],
        dependencies={
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "alchemy": Provide(lambda: alchemy, sync_to_thread=False),
            "auth": Provide(lambda: auth, sync_to_thread=False),
            "webhook": Provide(lambda: webhook, sync_to_thread=False),
        },
        plugins=[
            SQLAlchemyPlugin(alchemy),
            PydanticPlugin(validate_strict=True),
            problem_details,
            create_channels(),
            ImportPlugin(alchemy),
        ],
        on_app_init=[auth.on_app_init],
        on_shutdown=[webhook.client.aclose],
        exception_handlers={404: not_found, 500: server_error},
        template_config=TemplateConfig(
            directory=Path(__file__).parent / "templates", engine=JinjaTemplateEngine
        ),
        openapi_config=OpenAPIConfig(
            title="Books",
            version="1",
            path="/openapi.json",
            render_plugins=[JsonRenderPlugin(path="/")],
        ),
        logging_config=logging_config,
    )
    # The router answers 404 and 405 before the middleware of routes is reached.
    app.asgi_handler = RequestLog()(app.asgi_handler)
    return app


# endregion
