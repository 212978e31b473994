"""What the steps and the tests of several blocks use; it is put beside them and imports nothing of the lab."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any


def answered(response: Any, status: int = 200) -> Any:
    """Return the response, or raise AssertionError if it has another status."""
    if response.status_code != status:
        body = getattr(response, "text", "")
        said = body() if callable(body) else body
        raise AssertionError(f"status {response.status_code} instead of {status}: {' '.join(str(said).split())[:160]}")
    return response


def client_of(app: Any) -> Any:
    """Return a client of a FastAPI application, without the warnings of a client that the block does not use."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fastapi.testclient import TestClient
    return TestClient(app)


def unless(fine: bool, instead: str) -> str:
    """Return nothing if it is fine, and otherwise what came instead."""
    return "" if fine else instead


def set_up_django() -> None:
    """Load the Django project of this folder, with its tables."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()


def migrate() -> None:
    """Make and apply the migrations of the app."""
    from django.core.management import call_command

    call_command("makemigrations", "books", verbosity=0)
    call_command("migrate", verbosity=0)


def django_queries(action: Callable[[], Any]) -> int:
    """Return how many queries the action sends."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as sent:
        action()
    return len(sent)


def flask_queries(engine: Any, action: Callable[[], Any]) -> int:
    """Return how many SELECTs the action sends to an SQLAlchemy engine."""
    from sqlalchemy import event

    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    action()
    event.remove(engine, "before_cursor_execute", note)
    return len(sent)
