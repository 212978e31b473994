# region background
from typing import Any

import requests
from django.conf import settings
from django.tasks import task


@task
def notify(event: dict[str, Any]) -> None:
    """Tell the webhook; a failure is logged by the task backend."""
    requests.post(settings.BOOKS_WEBHOOK, json=event, timeout=10).raise_for_status()


# endregion
