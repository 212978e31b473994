# region live
import asyncio
import json

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_GET

listeners = {}


@require_GET
async def live(request):
    headers = {"Cache-Control": "no-cache"}
    return StreamingHttpResponse(events(), content_type="text/event-stream", headers=headers)


async def events():
    queue = asyncio.Queue(maxsize=100)
    listeners[queue] = asyncio.get_running_loop()
    try:
        yield ": welcome\n\n"
        while queue in listeners:
            yield await queue.get()
    finally:  # also when the client leaves: Django cancels the response then
        listeners.pop(queue, None)


def publish(event):
    """Tell every listener of this process, from the thread of a view."""
    message = f"data: {json.dumps(event)}\n\n"
    for queue, loop in listeners.copy().items():
        loop.call_soon_threadsafe(offer, queue, message)


def offer(queue, message):
    try:
        queue.put_nowait(message)
    except asyncio.QueueFull:  # the client is too slow: its response ends, and it may come again
        listeners.pop(queue, None)


# endregion
