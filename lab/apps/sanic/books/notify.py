# region background
from typing import Any

import httpx
from sanic import Blueprint, Sanic
from sanic.log import error_logger

notify = Blueprint("notify")


@notify.signal("books.book.created")
async def tell(app: Sanic, event: dict[str, Any]) -> None:
    if app.config.WEBHOOK:
        app.add_task(post(app.config.WEBHOOK, event))


async def post(webhook: str, event: dict[str, Any]) -> None:
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            response = await client.post(webhook, json=event)
            response.raise_for_status()
    except httpx.HTTPError as error:
        error_logger.error("The webhook was not told of book %s: %r", event["book"]["id"], error)
        # endregion
