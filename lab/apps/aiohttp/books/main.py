import aiohttp_jinja2
import aiojobs.aiohttp
import jinja2
from aiohttp import web

from books import api, live, pages
from books.errors import error_pages
from books.models import database
from books.notify import webhook_client
from books.request_log import request_ids, send_request_id
from books.settings import Settings, settings_key


# region routing
def create_app(settings: Settings) -> web.Application:
    app = web.Application(middlewares=[request_ids, error_pages], client_max_size=32 * 1024**2)
    app[settings_key] = settings
    app.add_routes(pages.routes)
    app.add_subapp("/api/", api.create_api())
    live.setup(app)
    # endregion
    app.cleanup_ctx.extend([database, webhook_client])
    aiojobs.aiohttp.setup(app, wait_timeout=1)
    app.on_response_prepare.append(send_request_id)
    aiohttp_jinja2.setup(app, loader=jinja2.PackageLoader("books"))
    return app
