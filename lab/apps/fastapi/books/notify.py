# region background
import logging
from typing import Annotated

import httpx2
from fastapi import Depends, Request

from books.schemas import BookCreated
from books.settings import get_settings

logger = logging.getLogger(__name__)


async def get_client(request: Request) -> httpx2.AsyncClient:
    return request.state.client


ClientDep = Annotated[httpx2.AsyncClient, Depends(get_client)]


async def notify(client: httpx2.AsyncClient, created: BookCreated) -> None:
    webhook = get_settings().webhook
    if webhook is None:
        return
    try:
        response = await client.post(str(webhook), json=created.model_dump(mode="json"))
        response.raise_for_status()
    except httpx2.HTTPError:
        logger.exception("The listener was not told of book %s", created.book.id)


# endregion
