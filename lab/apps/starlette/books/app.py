from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.routing import Mount, Route, WebSocketRoute

from books import api, pages
from books.auth import BearerBackend
from books.database import State, make_engine, make_sessions
from books.errors import exception_handlers
from books.live import live
from books.request_log import RequestLogMiddleware


# region deployment
@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[State]:
    engine = make_engine()
    yield {"sessions": make_sessions(engine)}
    await engine.dispose()


# endregion

# region routing
app = Starlette(
    routes=[
        Mount("/api", routes=api.routes),
        Route("/", pages.home),
        Route("/health", pages.health),
        Route("/openapi.json", pages.openapi, include_in_schema=False),
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
