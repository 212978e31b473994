# region background
import logging
from functools import partial
from typing import Any

import httpx
from falcon.asgi import Request, Response

from books.config import Config

log = logging.getLogger(__name__)


class Webhook:
    """Tells a listener of new books, with one client for as long as the application runs."""

    def __init__(self, config: Config) -> None:
        self._url = config.webhook

    async def process_startup(self, scope: dict[str, Any], event: dict[str, Any]) -> None:
        self._client = httpx.AsyncClient(timeout=10)

    async def process_shutdown(self, scope: dict[str, Any], event: dict[str, Any]) -> None:
        await self._client.aclose()

    async def tell(self, event: dict[str, Any]) -> None:
        if self._url is None:
            return
        try:
            response = await self._client.post(str(self._url), json=event)
            response.raise_for_status()
        except httpx.HTTPError as error:
            log.error("The listener was not told of book %s: %r", event["book"]["id"], error)


async def announce(req: Request, resp: Response, resource: Any) -> None:
    """Let everybody know of what a responder has created, once the response is sent."""
    event = {"event": "created", "book": resp.media}
    resp.schedule(partial(resource.live.publish, event))
    resp.schedule(partial(resource.webhook.tell, event))


# endregion
