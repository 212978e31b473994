# region live
import asyncio
from collections.abc import AsyncIterator

from django.http import HttpRequest
from ninja import Router
from ninja.streaming import SSE

from .schemas import Event

router = Router()
listeners: set[tuple[asyncio.AbstractEventLoop, asyncio.Queue[Event]]] = set()


@router.get("/live", response=SSE[Event])
async def live(request: HttpRequest) -> AsyncIterator[Event]:
    queue = asyncio.Queue[Event]()
    listener = (asyncio.get_running_loop(), queue)
    listeners.add(listener)
    try:
        while True:
            yield await queue.get()
    finally:  # also when the client leaves: Django cancels the response then
        listeners.discard(listener)


def publish(event: Event) -> None:
    """Tell every listener of this process, from the thread of an operation."""
    for loop, queue in tuple(listeners):
        loop.call_soon_threadsafe(queue.put_nowait, event)


# endregion
