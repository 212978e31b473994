"""Answer a request under its own server."""

# /// script
# dependencies = ["tornado"]
# [tool.lab]
# serve = "python smoke.py {port}"
# ///

import asyncio
import sys

import tornado.web


class Hello(tornado.web.RequestHandler):
    def get(self):
        self.write({"hello": "world"})


async def main():
    tornado.web.Application([("/", Hello)]).listen(int(sys.argv[1]), "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
