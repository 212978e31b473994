# region background
import logging
from typing import Any

import httpx2

from books import settings

logger = logging.getLogger(__name__)


async def notify(event: dict[str, Any]) -> None:
    if settings.WEBHOOK is None:
        return
    try:
        async with httpx2.AsyncClient(timeout=5) as client:
            response = await client.post(str(settings.WEBHOOK), json=event)
            response.raise_for_status()
    except httpx2.HTTPError:
        logger.exception("The listener was not told of book %s", event["book"]["id"])


# endregion
