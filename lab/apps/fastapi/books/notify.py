# region background
import logging

import httpx2

from books.schemas import BookCreated
from books.settings import get_settings

logger = logging.getLogger(__name__)


async def notify(event: BookCreated) -> None:
    webhook = get_settings().webhook
    if webhook is None:
        return
    try:
        async with httpx2.AsyncClient(timeout=5) as client:
            response = await client.post(str(webhook), json=event.model_dump(mode="json"))
            response.raise_for_status()
    except httpx2.HTTPError:
        logger.exception("The listener was not told of book %s", event.book.id)


# endregion
