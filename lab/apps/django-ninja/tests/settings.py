# region testing
import os

os.environ |= {
    "BOOKS_DATABASE": "books.db",  # the tests run in a database of their own, in memory
    "BOOKS_SECRET": "a key for tests that is long enough",
    "BOOKS_EDITOR": "ada",
    "BOOKS_PASSWORD": "correct horse",
    "BOOKS_WEBHOOK": "",
}

from books.settings import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
# endregion
