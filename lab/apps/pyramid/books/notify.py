# region background
import atexit
import json
import logging
from contextlib import suppress
from queue import Full, Queue
from threading import Thread
from typing import Any

import httpx
from pyramid.config import Configurator
from pyramid.renderers import render
from pyramid.request import Request

from books.live import hub
from books.models import Book

log = logging.getLogger(__name__)
Waiting = Queue[dict[str, Any] | None]


def announce(request: Request, book: Book) -> None:
    """Let everybody know of a new book, once it is stored."""
    event = {"event": "created", "book": json.loads(render("json", book, request=request))}
    waiting = request.registry.get("notifications")
    request.tm.get().addAfterCommitHook(_announce, args=(waiting, event))


def _announce(stored: bool, waiting: Waiting | None, event: dict[str, Any]) -> None:
    if stored:
        hub.publish(event)
        if waiting:
            try:
                waiting.put_nowait(event)
            except Full:
                log.error(
                    "The listener was not told of book %s: too many wait", event["book"]["id"]
                )


def send(address: str, waiting: Waiting) -> None:
    with httpx.Client(timeout=5) as client:
        while event := waiting.get():
            try:
                client.post(address, json=event).raise_for_status()
            except httpx.HTTPError as error:
                log.error("The listener was not told of book %s: %s", event["book"]["id"], error)


def includeme(config: Configurator) -> None:
    address = config.get_settings()["books.webhook"]
    if address is None:
        return
    waiting: Waiting = Queue(maxsize=1000)
    sender = Thread(target=send, args=(address, waiting), daemon=True)
    sender.start()
    config.registry["notifications"] = waiting

    @atexit.register
    def finish() -> None:
        """Tell what is still to be told, in three seconds at most."""
        with suppress(Full):
            waiting.put_nowait(None)
        sender.join(timeout=3)


# endregion
