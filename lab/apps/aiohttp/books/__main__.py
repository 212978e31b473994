# region deployment
import logging
import os

from aiohttp import web

from books.main import create_app
from books.request_log import RequestLog
from books.settings import load_settings

logging.basicConfig(level=logging.INFO, format="%(message)s")
web.run_app(
    create_app(load_settings()),
    host=os.environ.get("HOST", "127.0.0.1"),
    port=int(os.environ.get("PORT", "8080")),
    shutdown_timeout=3,  # aiohttp waits for a request twice as long
    access_log_class=RequestLog,
    print=None,
)
# endregion
