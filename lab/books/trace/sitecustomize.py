"""Loaded by the interpreter at its start: writes each SQL statement to a file, and makes deprecated calls errors.

The file is named by `BOOKS_TRACE`; each line holds the beginning of one statement that SQLite ran. Deprecations are
errors where they are attributed to the application's own modules, `books` and those below it.
"""

import os
import sqlite3
import sqlite3.dbapi2
import warnings

_connect = sqlite3.connect
LONGEST = 120


def _traced(*arguments, **options):  # noqa: ANN002, ANN003, ANN202 - it is whatever sqlite3.connect takes and returns
    connection = _connect(*arguments, **options)
    if trace := os.environ.get("BOOKS_TRACE"):
        file = open(trace, "a", encoding="utf-8", errors="replace", buffering=1)  # noqa: SIM115, PTH123 - lives as long

        def written(statement: str) -> None:
            file.write(" ".join(statement[: 2 * LONGEST].split())[:LONGEST] + "\n")

        connection.set_trace_callback(written)
    return connection


sqlite3.connect = sqlite3.dbapi2.connect = _traced
for category in (DeprecationWarning, PendingDeprecationWarning):
    warnings.filterwarnings("error", category=category, module=r"(books|hello)(\.|$)")
