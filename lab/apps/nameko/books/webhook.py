# region background
import logging
from functools import partial

import requests
from nameko.extensions import DependencyProvider

logger = logging.getLogger(__name__)


class Webhook(DependencyProvider):
    """Tells BOOKS_WEBHOOK of an event, in a green thread that nobody waits for."""

    def setup(self):
        self.session = requests.Session()

    def stop(self):
        self.session.close()

    def post(self, event):
        address = self.container.config["BOOKS_WEBHOOK"]
        try:
            self.session.post(address, json=event, timeout=5).raise_for_status()
        except requests.RequestException:
            # An exception that leaves a managed thread would end the service.
            logger.exception("The webhook could not be told")

    def notify(self, event):
        if self.container.config.get("BOOKS_WEBHOOK"):
            self.container.spawn_managed_thread(partial(self.post, event))

    def get_dependency(self, worker_ctx):
        return self.notify


# endregion
