import threading
from contextlib import contextmanager

# region deployment
# Masonite binds a request in the one container of a process: threads take turns.
turn = threading.Semaphore()


@contextmanager
def others_first():
    """Let other requests have their turn, and bind one's own again afterwards."""
    from wsgi import application

    names = ("environ", "json", "request", "response")
    bound = {name: application.make(name) for name in names}
    turn.release()
    try:
        yield
    finally:
        turn.acquire()
        for name, value in bound.items():
            application.bind(name, value)


# endregion
