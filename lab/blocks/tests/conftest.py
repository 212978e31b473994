"""Settings for the tests of the current forms. Each runs in its own folder, and every warning is an error."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
os.environ.update(
    SECRET_KEY="0123456789abcdef" * 4,
    DATABASE_URL=f"sqlite+aiosqlite:///{HERE}/books.db",
    REDIS_URL="redis://127.0.0.1:6379/0",
    DB_PASSWORD="secret",
)
DJANGO = (HERE / "manage.py").is_file()
if DJANGO:
    from kit import set_up_django

    set_up_django()


@pytest.fixture
def author():
    """Return a stored author of the Django application, in a transaction that is rolled back."""
    from books.models import Author
    from django.db import transaction

    with transaction.atomic():
        yield Author.objects.create(name="Jane Austen", email="jane@example.org")
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def tables():
    """Make the tables of the Django application."""
    if DJANGO:
        from django.conf import settings

        if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
            from kit import migrate

            migrate()


@pytest.fixture(scope="session")
def library():
    """Return the module of the Flask application of block 3, with its tables and one book."""
    from datetime import date
    from importlib import import_module

    module = import_module("app")
    with module.app.app_context():
        module.db.create_all()
        author = module.Author(name="Flann O'Brien", email="flann@example.org")
        book = {"title": "O'Reilly", "published_date": date(1939, 3, 13), "isbn": "9780141182681"}
        module.db.session.add(module.Book(author=author, **book))
        module.db.session.add(module.Author(name="Harper Lee", email="harper@example.org"))
        module.db.session.commit()
    return module


@pytest.fixture
def api():
    """Return a function that gives a client of a FastAPI application, with fresh tables and two authors."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def client_of(app):
            from bookapi import database, models
            from fastapi.testclient import TestClient

            async def reset():
                async with database.engine.begin() as connection:
                    await connection.run_sync(models.Base.metadata.drop_all)
                    await connection.run_sync(models.Base.metadata.create_all)
                async with database.new_session.begin() as session:
                    session.add_all([models.Author(name="Jane Austen"), models.Author(name="Harper Lee")])

            client = stack.enter_context(TestClient(app))
            client.portal.call(reset)
            stack.callback(lambda: client.portal.call(database.engine.dispose))
            return client

        yield client_of
