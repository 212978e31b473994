"""Write a row to SQLite and read it."""

# /// script
# dependencies = ["tortoise-orm"]
# ///

from tortoise import Tortoise, fields, run_async
from tortoise.models import Model


class Book(Model):
    id = fields.IntField(primary_key=True)
    title = fields.TextField()


async def main():
    await Tortoise.init(db_url="sqlite://:memory:", modules={"models": ["__main__"]})
    await Tortoise.generate_schemas()
    await Book.create(title="Dune")
    assert (await Book.get(title__startswith="D")).title == "Dune"


run_async(main())
