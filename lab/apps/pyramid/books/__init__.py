"""A catalogue of books."""

import os
import signal
import sys
from types import FrameType

from pyramid.config import Configurator
from pyramid.router import Router

from books.live import hub
from books.settings import from_environment


# region deployment
def main(global_config: dict[str, str], **settings: object) -> Router:
    """Return the WSGI application; pserve calls this with what production.ini says."""
    if global_config.get("__script__") == "pserve":
        signal.signal(signal.SIGTERM, stop)
    settings.update(from_environment(os.environ))
    with Configurator(settings=settings) as config:
        config.include("pyramid_jinja2")
        config.include(".models")
        config.include(".notify")
        config.include(".routes")
        config.include(".security")
        config.add_tween("books.request_log.request_log_tween_factory")
        config.scan(".views")
        return config.make_wsgi_app()


def stop(number: int, frame: FrameType | None) -> None:
    """Let waitress finish what it has begun; by itself, it does so only if it is interrupted."""
    hub.close()
    sys.exit()


# endregion
