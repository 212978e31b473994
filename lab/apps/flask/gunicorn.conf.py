# region deployment
import os
import signal
from types import FrameType

from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = 1  # live updates reach the clients of this process only
threads = 24  # each live client keeps one
preload_app = True  # wrong settings end the program at once
graceful_timeout = 8  # seconds for what is being answered when the end is asked for


def post_worker_init(worker: ThreadWorker) -> None:
    """End the streams of /live when the end is asked for; gunicorn would wait for them."""
    from books.live import hub

    def stop(number: int, frame: FrameType | None) -> None:
        hub.close()
        worker.handle_exit(number, frame)

    signal.signal(signal.SIGTERM, stop)


def worker_exit(server: Arbiter, worker: ThreadWorker) -> None:
    from books import notify

    notify.close()
    # endregion
