import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import responder
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from books import auth, catalogue, errors, live, notify, pages
from books.database import limit_exports, make_engine, open_session, sessions
from books.models import Book
from books.request_log import RequestIDPolicy


# region deployment
@asynccontextmanager
async def lifespan(api: responder.API) -> AsyncIterator[None]:
    engine = make_engine()
    yield
    await engine.dispose()


async def store_can_be_read() -> bool:
    try:
        async with sessions() as session:
            await session.execute(select(Book.id).limit(1))
    except SQLAlchemyError:
        logging.getLogger(__name__).exception("The store cannot be read")
        return False
    return True


# endregion

# region routing
api = responder.API(
    title="Books",
    version="1.0",
    openapi="3.1.0",
    openapi_route="/openapi.json",
    templates_dir=Path(__file__).parent / "templates",
    sessions=False,
    lifespan=lifespan,
    enable_logging=True,
    health_route="/health",
    problem_handler=errors.shape_problem,
)
api.add_dependency("session", open_session)
api.add_dependency("exports", limit_exports, scope="app")
api.add_dependency("clients", live.make_clients, scope="app")
api.add_dependency("http", notify.open_client, scope="app")
api.include_router(auth.router, prefix="/api")
api.include_router(catalogue.router, prefix="/api")
api.include_router(pages.router)
api.include_router(live.router)
# endregion

errors.register(api)

# region deployment
api.add_health_check("store", store_can_be_read)
app = RequestIDPolicy(api)
# endregion
