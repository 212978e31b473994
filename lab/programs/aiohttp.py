"""Answer a request under its own server."""

# /// script
# dependencies = ["aiohttp"]
# [tool.lab]
# serve = "python smoke.py {port}"
# ///

import sys

from aiohttp import web


async def hello(request):
    return web.json_response({"hello": "world"})


app = web.Application()
app.add_routes([web.get("/", hello)])

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]))
