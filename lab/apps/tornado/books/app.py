import asyncio
import signal
from datetime import timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import async_sessionmaker
from tornado.httpclient import AsyncHTTPClient
from tornado.options import define, options, parse_command_line
from tornado.web import Application

from books import request_log
from books.api import (
    AuthorsHandler,
    BookHandler,
    BooksHandler,
    ExportHandler,
    ImportHandler,
    StatisticsHandler,
)
from books.auth import TokenHandler
from books.base import NotFoundHandler
from books.live import LiveHandler
from books.models import open_engine
from books.pages import HealthHandler, HomeHandler
from books.request_log import LoggedHandler
from books.settings import Settings


# region routing
class BooksApplication(Application):
    def __init__(self, config: Settings) -> None:
        self.config = config
        self.engine = open_engine(config.database)
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        super().__init__(
            [
                (r"/", HomeHandler),
                (r"/health", HealthHandler),
                (r"/live", LiveHandler),
                (r"/api/token", TokenHandler),
                (r"/api/authors", AuthorsHandler),
                (r"/api/books", BooksHandler),
                (r"/api/books/([0-9]{1,18})", BookHandler),
                (r"/api/books/import", ImportHandler),
                (r"/api/books\.csv", ExportHandler),
                (r"/api/statistics", StatisticsHandler),
            ],
            default_handler_class=NotFoundHandler,
            log_function=request_log.log_request,
            template_path=Path(__file__).parent / "templates",
            cross_origin_protection=True,
            websocket_ping_interval=20,
        )


# endregion


# region deployment
define("address", default="127.0.0.1", help="listen on the given address", type=str)
define("port", default=8888, help="listen on the given port", type=int)


async def main() -> None:
    parse_command_line()
    request_log.set_up()
    app = BooksApplication(Settings.from_env())
    server = app.listen(options.port, options.address)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
    server.stop()
    for client in LiveHandler.clients.copy():
        client.close(1001)
    await asyncio.sleep(1)  # requests of which a part has arrived
    deadline = loop.time() + 7
    while LoggedHandler.answering and loop.time() < deadline:
        await LoggedHandler.answered.wait(timedelta(seconds=1))
    await server.close_all_connections()
    AsyncHTTPClient().close()
    await app.engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
# endregion
