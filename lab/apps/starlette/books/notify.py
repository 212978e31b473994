# region background
import logging
from typing import Any

import httpx2

from books import settings

logger = logging.getLogger(__name__)


async def notify(client: httpx2.AsyncClient, event: dict[str, Any]) -> None:
    if settings.WEBHOOK is None:
        return
    try:
        response = await client.post(str(settings.WEBHOOK), json=event)
        response.raise_for_status()
    except httpx2.HTTPError:
        logger.exception("The listener was not told of book %s", event["book"]["id"])


# endregion
