# region background
import logging
from typing import Any

import httpx

logger = logging.getLogger(__name__)


async def notify(webhook: str | None, event: dict[str, Any]) -> None:
    if not webhook:
        return
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            response = await client.post(webhook, json=event)
            response.raise_for_status()
    except httpx.HTTPError as error:
        logger.error("The webhook was not told of book %s: %r", event["book"]["id"], error)
        # endregion
