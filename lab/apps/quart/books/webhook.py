# region background
from collections.abc import AsyncIterator
from typing import Any

import httpx
from quart import Quart, current_app

from books.live import broker
from books.schemas import Book


def announce(book: Book) -> None:
    """Let everybody know of a new book, and wait for nobody."""
    event = {"event": "created", "book": book.model_dump(mode="json")}
    broker.publish(event)
    if current_app.config["WEBHOOK"]:
        current_app.add_background_task(tell, event)


async def tell(event: dict[str, Any]) -> None:
    client: httpx.AsyncClient = current_app.extensions["WEBHOOK"]
    try:
        response = await client.post(str(current_app.config["WEBHOOK"]), json=event)
        response.raise_for_status()
    except httpx.HTTPError as error:
        current_app.logger.error(
            "The listener was not told of book %s: %r", event["book"]["id"], error
        )


def register(app: Quart) -> None:
    @app.while_serving
    async def client() -> AsyncIterator[None]:
        async with httpx.AsyncClient(timeout=5) as app.extensions["WEBHOOK"]:
            yield

    # endregion
