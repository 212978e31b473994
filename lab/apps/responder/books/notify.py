# region background
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx2

from books.settings import settings

logger = logging.getLogger(__name__)


async def open_client() -> AsyncIterator[httpx2.AsyncClient]:
    """The dependency `http`: one for the application."""
    async with httpx2.AsyncClient(timeout=5) as client:
        yield client


async def notify(client: httpx2.AsyncClient, event: dict[str, Any]) -> None:
    if settings.webhook is None:
        return
    try:
        response = await client.post(str(settings.webhook), json=event)
        response.raise_for_status()
    except httpx2.HTTPError:
        logger.exception("The listener was not told of book %s", event["book"]["id"])


# endregion
