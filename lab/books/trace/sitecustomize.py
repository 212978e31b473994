"""Loaded by the interpreter at its start: writes SQL statements to a file, counts objects, refuses deprecated calls.

Each line of the file that `BOOKS_TRACE` names holds the beginning of one statement that SQLite ran. Whenever the file
with the ending `.count` is asked for, every process answers with the number of objects of each type that are alive.
Deprecations are errors where they are attributed to the application's own modules, `books` and those below it.
"""

import collections
import gc
import json
import os
import sqlite3
import sqlite3.dbapi2
import threading
import warnings
import weakref
from time import sleep

_connect = sqlite3.connect
TRACE = os.environ.get("BOOKS_TRACE")
LONGEST = 120


def _traced(*arguments, **options):  # noqa: ANN002, ANN003, ANN202 - it is whatever sqlite3.connect takes and returns
    connection = _connect(*arguments, **options)
    if TRACE:
        file = open(TRACE, "a", encoding="utf-8", errors="replace", buffering=1)  # noqa: SIM115, PTH123 - lives as long

        def written(statement: str) -> None:
            file.write(" ".join(statement[: 2 * LONGEST].split())[:LONGEST] + "\n")

        connection.set_trace_callback(written)
    return connection


def _counted() -> None:
    """Answer each time the suite asks: `.count` holds a number, and the answer goes to `.count.NUMBER.PROCESS`."""
    asked, last = f"{TRACE}.count", ""
    while True:
        sleep(0.1)
        try:
            with open(asked, encoding="utf-8") as file:  # noqa: PTH123
                number = file.read()
        except OSError:
            continue
        if number == last:
            continue
        last = number
        kinds = _kinds()
        answer = f"{asked}.{number}.{os.getpid()}"
        with open(f"{answer}.half", "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(kinds, file)
        os.rename(f"{answer}.half", answer)  # noqa: PTH104


def _kinds() -> collections.Counter[str]:
    """Return how many objects of each type are alive; afterwards nothing here keeps any of them."""
    gc.collect()
    objects = gc.get_objects()
    kinds = collections.Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in objects)
    kinds["weakref.ReferenceType"] -= _references_of_cursors(objects)
    return kinds


def _references_of_cursors(objects: list[object]) -> int:
    """Return how many weak references connections keep to cursors that are gone: sqlite3 forgets them 200 at a time."""
    connections = [one for one in objects if isinstance(one, sqlite3.Connection)]
    kept = [one for one in gc.get_referents(*connections) if type(one) is list]
    return sum(type(reference) is weakref.ReferenceType for references in kept for reference in references)


def _count() -> None:
    threading.Thread(target=_counted, daemon=True).start()


sqlite3.connect = sqlite3.dbapi2.connect = _traced
if TRACE and os.environ.get("BOOKS_COUNT"):
    _count()
    os.register_at_fork(after_in_child=_count)
for category in (DeprecationWarning, PendingDeprecationWarning):
    warnings.filterwarnings("error", category=category, module=r"(books|hello)(\.|$)")
