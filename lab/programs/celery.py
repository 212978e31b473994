"""Run a task in a worker, through a broker in memory."""

# /// script
# dependencies = ["celery"]
# ///

from celery import Celery
from celery.contrib.testing.worker import start_worker

app = Celery("smoke", broker="memory://", backend="cache+memory://")


@app.task
def add(one, other):
    return one + other


with start_worker(app, perform_ping_check=False):
    assert add.delay(1, 2).get(timeout=20) == 3
