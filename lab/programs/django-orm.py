"""Write a row to SQLite and read it."""

# /// script
# dependencies = ["django"]
# ///

import django
from django.conf import settings
from django.db import connection, models

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
django.setup()


class Book(models.Model):
    title = models.CharField(max_length=20)

    class Meta:
        app_label = "smoke"


with connection.schema_editor() as editor:
    editor.create_model(Book)
Book.objects.create(title="Dune")
assert Book.objects.get(title__startswith="D").title == "Dune"
