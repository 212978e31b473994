"""Answer a request under its own server."""

# /// script
# dependencies = ["sanic"]
# [tool.lab]
# serve = "sanic smoke:app --host 127.0.0.1 --port {port} --workers 1"
# ///

from sanic import Sanic, json

app = Sanic("smoke")


@app.get("/")
async def hello(request):
    return json({"hello": "world"})
