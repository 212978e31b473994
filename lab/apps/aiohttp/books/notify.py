# region background
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from aiojobs.aiohttp import spawn

from books.live import clients_key, publish
from books.settings import settings_key

logger = logging.getLogger(__name__)
client_key = web.AppKey("client", ClientSession)


@asynccontextmanager
async def webhook_client(app: web.Application) -> AsyncIterator[None]:
    async with ClientSession(timeout=ClientTimeout(total=5), raise_for_status=True) as client:
        app[client_key] = client
        yield


async def tell(client: ClientSession, webhook: str, event: dict[str, Any]) -> None:
    try:
        async with client.post(webhook, json=event):
            pass
    except (ClientError, TimeoutError) as error:
        logger.error("The webhook was not told of book %s: %r", event["book"]["id"], error)


async def announce(request: web.Request, book: dict[str, Any]) -> None:
    """Start telling everybody, without waiting for anybody."""
    app, event = request.config_dict, {"event": "created", "book": book}
    await spawn(request, publish(app[clients_key], event))
    if webhook := app[settings_key].webhook:
        await spawn(request, tell(app[client_key], str(webhook), event))
        # endregion
