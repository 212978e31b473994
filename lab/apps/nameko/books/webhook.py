# region background
import logging
from functools import partial

import requests
from nameko.extensions import DependencyProvider

logger = logging.getLogger(__name__)


class Webhook(DependencyProvider):
    """Tells BOOKS_WEBHOOK of an event, in a green thread that nobody waits for."""

    def post(self, event):
        try:
            response = requests.post(self.container.config["BOOKS_WEBHOOK"], json=event, timeout=10)
            response.raise_for_status()
        except requests.RequestException:
            # An exception that leaves a managed thread would end the service.
            logger.exception("The webhook could not be told")

    def notify(self, event):
        if self.container.config.get("BOOKS_WEBHOOK"):
            self.container.spawn_managed_thread(partial(self.post, event))

    def get_dependency(self, worker_ctx):
        return self.notify


# endregion
