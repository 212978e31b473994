"""What Django's ORM does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
from threading import get_ident

import django
from django.conf import settings
from django.db import OperationalError
from django.db.backends.signals import connection_created


def _model():
    """Return a model of a site with an empty database in memory."""
    if not settings.configured:
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        settings.configure(DATABASES={"default": database}, INSTALLED_APPS=["django.contrib.contenttypes"])
        django.setup()
    from django.contrib.contenttypes.models import ContentType

    return ContentType


def async_queries_run_in_a_thread():
    """The synchronous driver of an awaited query works in another thread than the event loop."""
    model, threads = _model(), []

    def note(**_):
        threads.append(get_ident())

    async def count():
        try:
            await model.objects.acount()
        except OperationalError as error:
            return str(error)
        return None

    connection_created.connect(note)
    assert asyncio.run(count()) == "no such table: django_content_type"
    connection_created.disconnect(note)
    assert len(threads) == 1
    assert threads != [get_ident()]
