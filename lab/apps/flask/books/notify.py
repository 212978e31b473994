# region background
from concurrent.futures import ThreadPoolExecutor
from logging import getLogger
from typing import Any

import httpx
from flask import current_app

log = getLogger(__name__)
workers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="notify")


def notify(event: str, book: dict[str, Any]) -> None:
    """Tell the listener of a book; the request does not wait for it."""
    if webhook := current_app.config["WEBHOOK"]:
        workers.submit(_post, webhook, {"event": event, "book": book})


def _post(address: str, message: dict[str, Any]) -> None:
    try:
        httpx.post(address, json=message, timeout=10).raise_for_status()
    except httpx.HTTPError as error:
        log.error("The listener was not told of book %s: %s", message["book"]["id"], error)
        # endregion
