# region background
from concurrent.futures import ThreadPoolExecutor
from logging import getLogger
from threading import BoundedSemaphore
from typing import Any

import httpx
from flask import current_app

log = getLogger(__name__)
client = httpx.Client(timeout=5)
workers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="notify")
places = BoundedSemaphore(1000)  # of those who wait; the queue of the workers has no limit


def notify(event: str, book: dict[str, Any]) -> None:
    """Tell the listener of a book; the request does not wait for it."""
    if webhook := current_app.config["WEBHOOK"]:
        if places.acquire(blocking=False):
            workers.submit(_post, webhook, {"event": event, "book": book})
        else:
            log.error("The listener was not told of book %s: too many wait", book["id"])


def _post(address: str, message: dict[str, Any]) -> None:
    try:
        client.post(address, json=message).raise_for_status()
    except httpx.HTTPError as error:
        log.error("The listener was not told of book %s: %s", message["book"]["id"], error)
    finally:
        places.release()


def close() -> None:
    """Tell what is still to be told, and close the connections."""
    workers.shutdown()
    client.close()
    # endregion
