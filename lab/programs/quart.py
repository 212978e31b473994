"""Answer a request under Hypercorn."""

# /// script
# dependencies = ["quart", "hypercorn"]
# [tool.lab]
# serve = "hypercorn smoke:app --bind 127.0.0.1:{port} --workers 1"
# ///

from quart import Quart

app = Quart(__name__)


@app.get("/")
async def hello():
    return {"hello": "world"}
