import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.routing import Mount, Route, WebSocketRoute

from books import api, pages
from books.auth import BearerBackend
from books.database import make_engine, make_sessions
from books.errors import exception_handlers
from books.live import live
from books.openapi import openapi
from books.request_log import RequestLogMiddleware
from books.state import State


# region deployment
@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[State]:
    engine = make_engine()
    async with httpx2.AsyncClient(timeout=5) as http:
        yield {
            "sessions": make_sessions(engine),
            "http": http,
            "live": set(),
            "exports": asyncio.Semaphore(10),
        }
    await engine.dispose()


# endregion

# region routing
app = Starlette(
    routes=[
        Mount("/api", routes=api.routes),
        Route("/", pages.home),
        Route("/health", pages.health),
        Route("/openapi.json", openapi, include_in_schema=False),
        WebSocketRoute("/live", live),
    ],
    middleware=[
        Middleware(RequestLogMiddleware),
        Middleware(AuthenticationMiddleware, backend=BearerBackend()),
    ],
    exception_handlers=exception_handlers,
    lifespan=lifespan,
)
# endregion
