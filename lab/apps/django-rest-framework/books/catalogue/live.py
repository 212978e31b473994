# region live
import asyncio
import json

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_GET

listeners = set()


@require_GET
async def live(request):
    headers = {"Cache-Control": "no-cache"}
    return StreamingHttpResponse(events(), content_type="text/event-stream", headers=headers)


async def events():
    queue = asyncio.Queue()
    listener = (asyncio.get_running_loop(), queue)
    listeners.add(listener)
    try:
        yield ": welcome\n\n"
        while True:
            yield f"data: {json.dumps(await queue.get())}\n\n"
    finally:  # also when the client leaves: Django cancels the response then
        listeners.discard(listener)


def publish(event):
    """Tell every listener of this process, from the thread of a view."""
    for loop, queue in tuple(listeners):
        loop.call_soon_threadsafe(queue.put_nowait, event)


# endregion
