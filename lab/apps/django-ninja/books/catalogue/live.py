# region live
import asyncio
from collections.abc import AsyncIterator

from django.http import HttpRequest
from ninja import Router
from ninja.streaming import SSE

from .schemas import Event

router = Router()
listeners: dict[asyncio.Queue[Event], asyncio.AbstractEventLoop] = {}


@router.get("/live", response=SSE[Event])
async def live(request: HttpRequest) -> AsyncIterator[Event]:
    queue = asyncio.Queue[Event](maxsize=100)
    listeners[queue] = asyncio.get_running_loop()
    try:
        while queue in listeners:
            yield await queue.get()
    finally:  # also when the client leaves: Django cancels the response then
        listeners.pop(queue, None)


def publish(event: Event) -> None:
    """Tell every listener of this process, from the thread of an operation."""
    for queue, loop in listeners.copy().items():
        loop.call_soon_threadsafe(offer, queue, event)


def offer(queue: asyncio.Queue[Event], event: Event) -> None:
    try:
        queue.put_nowait(event)
    except asyncio.QueueFull:  # the client is too slow: its response ends, and it may come again
        listeners.pop(queue, None)


# endregion
