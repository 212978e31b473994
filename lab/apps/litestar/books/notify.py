# region background
import logging
from typing import Any

import httpx

logger = logging.getLogger(__name__)


class Webhook:
    """Tells a listener of new books, with one client for as long as the application runs."""

    def __init__(self, url: str | None) -> None:
        self.url = url
        self.client = httpx.AsyncClient(timeout=5)

    async def tell(self, event: dict[str, Any]) -> None:
        if self.url is None:
            return
        try:
            response = await self.client.post(self.url, json=event)
            response.raise_for_status()
        except httpx.HTTPError as error:
            logger.error("The webhook was not told of book %s: %r", event["book"]["id"], error)
            # endregion
