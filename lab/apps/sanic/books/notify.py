# region background
from typing import Any

import httpx
from sanic import Blueprint, Sanic
from sanic.log import error_logger

notify = Blueprint("notify")


@notify.before_server_start
async def connect(app: Sanic) -> None:
    app.ctx.http = httpx.AsyncClient(timeout=5)


@notify.after_server_stop
async def disconnect(app: Sanic) -> None:
    await app.ctx.http.aclose()


@notify.signal("books.book.created")
async def tell(app: Sanic, event: dict[str, Any]) -> None:
    if app.config.WEBHOOK:
        app.add_task(post(app, event))


async def post(app: Sanic, event: dict[str, Any]) -> None:
    try:
        response = await app.ctx.http.post(app.config.WEBHOOK, json=event)
        response.raise_for_status()
    except httpx.HTTPError as error:
        error_logger.error("The webhook was not told of book %s: %r", event["book"]["id"], error)
        # endregion
