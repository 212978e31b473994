"""Answer a request under Uvicorn."""

# /// script
# dependencies = ["litestar", "uvicorn"]
# [tool.lab]
# serve = "uvicorn smoke:app --host 127.0.0.1 --port {port} --workers 1"
# ///

from litestar import Litestar, get


@get("/")
async def hello() -> dict[str, str]:
    return {"hello": "world"}


app = Litestar([hello])
