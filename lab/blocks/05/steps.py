import asyncio
from datetime import date
from importlib import import_module

from kit import unless


def steps(take):
    database = take.run("database.py is imported", lambda: import_module("database"))
    models = import_module("models")
    from sqlalchemy import inspect
    from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

    engine = create_async_engine("sqlite+aiosqlite:///books.db")
    found, loaded = [], []

    async def store():
        async with engine.begin() as connection:
            await connection.run_sync(models.Base.metadata.create_all)
        async with AsyncSession(engine) as session:
            author = models.Author(name="Jane Austen")
            author.books.append(models.Book(title="Emma", published_date=date(1815, 12, 23), isbn="9780141439587"))
            session.add_all([author, models.Author(name="Harper Lee")])
            await session.commit()

    async def count():
        async with AsyncSession(engine) as session:
            for author, books in await database.get_authors_with_book_count(session):
                found.append((author.name, books))
                loaded.extend([] if "books" in inspect(author).unloaded else author.books)

    async def update():
        async with AsyncSession(engine) as session:
            await database.bulk_update_books(session, [{"id": 1, "title": "Persuasion"}])

    take.run("authors and a book are stored", lambda: asyncio.run(store()))
    take.run("get_authors_with_book_count()", lambda: asyncio.run(count()))
    take.run("bulk_update_books()", lambda: asyncio.run(update()))
    take.expect("an author without books is counted", lambda: unless(len(found) == 2, f"only {found}"))
    take.expect("books are counted without being loaded", lambda: unless(not loaded, f"{len(loaded)} is loaded"))
