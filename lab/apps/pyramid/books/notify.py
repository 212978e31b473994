# region background
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from pyramid.renderers import render
from pyramid.request import Request

from books.live import hub
from books.models import Book

log = logging.getLogger(__name__)
workers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="notify")


def announce(request: Request, book: Book) -> None:
    """Let everybody know of a new book, once it is stored."""
    event = {"event": "created", "book": json.loads(render("json", book, request=request))}
    address = request.registry.settings["books.webhook"]
    request.tm.get().addAfterCommitHook(_announce, args=(address, event))


def _announce(stored: bool, address: str | None, event: dict[str, Any]) -> None:
    if stored:
        hub.publish(event)
        if address:
            workers.submit(_post, address, event)


def _post(address: str, event: dict[str, Any]) -> None:
    try:
        httpx.post(address, json=event, timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        log.error("The listener was not told of book %s: %s", event["book"]["id"], error)
        # endregion
