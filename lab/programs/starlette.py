"""Answer a request under Uvicorn."""

# /// script
# dependencies = ["starlette", "uvicorn"]
# [tool.lab]
# serve = "uvicorn smoke:app --host 127.0.0.1 --port {port} --workers 1"
# ///

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


async def hello(request):
    return JSONResponse({"hello": "world"})


app = Starlette(routes=[Route("/", hello)])
