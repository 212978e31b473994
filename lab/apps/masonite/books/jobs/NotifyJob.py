# region background
import logging

import requests
from masonite.queues import Queueable

logger = logging.getLogger(__name__)


class NotifyJob(Queueable):
    def __init__(self, address, event):
        self.address = address
        self.event = event

    def handle(self):
        try:
            requests.post(self.address, json=self.event, timeout=5).raise_for_status()
        except requests.RequestException:
            # The async driver drops what a job raises.
            logger.exception("The webhook could not be told")


# endregion
