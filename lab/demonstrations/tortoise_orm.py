"""What Tortoise ORM does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import sys
from contextlib import asynccontextmanager
from types import ModuleType

from tortoise import Tortoise, connections, fields
from tortoise.models import Model
from tortoise.transactions import in_transaction


class Note(Model):
    """A row with a text."""

    id = fields.IntField(primary_key=True)
    text = fields.CharField(max_length=20)


@asynccontextmanager
async def databases(*names):
    """Give the program a database in memory for each name, with a table of notes in each."""
    models = ModuleType("models_of_the_demonstration")
    models.Note = Note
    sys.modules[models.__name__] = models
    await Tortoise.init(
        config={
            "connections": dict.fromkeys(names, "sqlite://:memory:"),
            "apps": {"notes": {"models": [models.__name__], "default_connection": names[0]}},
        }
    )
    try:
        await Tortoise.generate_schemas()
        for name in names[1:]:
            await connections.get(name).execute_script("CREATE TABLE note (id INTEGER PRIMARY KEY, text VARCHAR(20))")
        yield
    finally:
        await Tortoise.close_connections()
        del sys.modules[models.__name__]


def a_nested_transaction_is_a_savepoint():
    """What fails in a nested transaction is undone alone; the outer transaction keeps the rest."""

    async def texts():
        async with databases("first"):
            async with in_transaction():
                await Note.create(text="outer")
                try:
                    async with in_transaction():
                        await Note.create(text="inner")
                        raise LookupError
                except LookupError:
                    pass
            return await Note.all().values_list("text", flat=True)

    assert list(asyncio.run(texts())) == ["outer"]


def one_program_uses_two_databases():
    """One program writes and reads a model in two databases, which it names in the call."""
    names = ("first", "second")

    async def texts():
        async with databases(*names):
            for name in names:
                await Note.create(text=name, using_db=connections.get(name))
            return [await Note.all(using_db=connections.get(name)).values_list("text", flat=True) for name in names]

    assert [list(found) for found in asyncio.run(texts())] == [["first"], ["second"]]
