# region first-response
import asyncio

from tornado.options import define, options, parse_command_line
from tornado.web import Application, RequestHandler

define("port", default=8888, help="run on the given port", type=int)


class MainHandler(RequestHandler):
    def get(self) -> None:
        self.write("Hello, world")


async def main() -> None:
    parse_command_line()
    app = Application([(r"/", MainHandler)])
    app.listen(options.port, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
# endregion
