# region background
import atexit

import httpx2
from django.conf import settings
from django.tasks import task

client = httpx2.Client(timeout=5)
atexit.register(client.close)  # the threads of the tasks have ended by then


@task
def notify(event):
    """Tell the webhook; a failure is logged by the task backend."""
    client.post(settings.BOOKS_WEBHOOK, json=event).raise_for_status()


# endregion
