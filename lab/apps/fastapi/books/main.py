import json
import logging.config
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx2
from fastapi import FastAPI, HTTPException, Request, Response
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from books import api, auth, live, pages
from books.database import SessionDep, get_engine
from books.errors import exception_handlers, on_failure
from books.models import Book

# region deployment
logging.config.dictConfig(
    {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}},
        "loggers": {"books": {"handlers": ["stdout"], "level": "INFO"}},
    }
)
logger = logging.getLogger("books.requests")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    engine = get_engine()  # settings that are wrong end the program here
    async with httpx2.AsyncClient(timeout=5) as client:
        yield {"client": client, "manager": live.ConnectionManager()}
    engine.dispose()


# endregion

# region routing
app = FastAPI(title="Books", lifespan=lifespan, exception_handlers=exception_handlers)
app.include_router(api.router)
app.include_router(auth.router)
app.include_router(pages.router)
app.include_router(live.router)
# endregion


# region deployment
@app.middleware("http")
async def log_request(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    given = request.headers.get("X-Request-ID", "")
    request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
    request.state.request_id = request_id
    line = {"request_id": request_id, "method": request.method, "path": request.scope["path"]}
    started = perf_counter()
    try:
        response = await call_next(request)
    except Exception:
        response = on_failure(request)
    response.headers["X-Request-ID"] = request_id
    ms = round((perf_counter() - started) * 1000, 1)
    logger.info(json.dumps({**line, "status": response.status_code, "ms": ms}))
    return response


@app.get("/health")
def health(session: SessionDep) -> dict[str, str]:
    try:
        session.execute(select(Book.id).limit(1))
    except SQLAlchemyError as error:
        logger.exception("The store cannot be read")
        raise HTTPException(503, "The store cannot be read.") from error
    return {"status": "ok"}


# endregion
