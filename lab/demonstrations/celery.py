"""What Celery does when it is run: each function shows the claim in its docstring, or fails."""

import logging
import warnings

from celery import Celery
from celery.contrib.testing.worker import start_worker
from kombu.exceptions import EncodeError

PATIENCE = 5
"""Seconds after which a wait counts as lost."""


def an_async_task_is_never_awaited():
    """An async task returns a coroutine that nothing awaits, and the worker fails to store it as the result."""
    app = Celery("demonstration", broker="memory://", backend="cache+memory://")
    ran = []

    @app.task(name="work")
    async def work():
        ran.append(work)

    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            with start_worker(app, pool="solo", perform_ping_check=False):
                result = work.delay()
                try:
                    result.get(timeout=PATIENCE)
                except EncodeError as error:
                    assert "coroutine" in str(error)
                else:
                    raise AssertionError("the result was stored")
    finally:
        logging.disable(logging.NOTSET)
    assert result.state == "FAILURE"
    assert ran == []
