import asyncio
from datetime import date

from bookapi import database
from bookapi.models import Author, Base, Book
from sqlalchemy import inspect, select


async def stored():
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    async with database.new_session.begin() as session:
        books = [Book(title="Emma", published_date=date(1815, 12, 23), isbn=str(number)) for number in range(3)]
        session.add_all([Author(name="Jane Austen", books=books), Author(name="Harper Lee")])


def test_authors_without_books_are_counted_and_no_book_is_loaded():
    async def count():
        await stored()
        async with database.new_session() as session:
            found = await database.get_authors_with_book_count(session)
        assert "books" in inspect(found[0][0]).unloaded
        await database.engine.dispose()
        return sorted((author.name, books) for author, books in found)

    assert asyncio.run(count()) == [("Harper Lee", 0), ("Jane Austen", 3)]


def test_books_are_updated_by_primary_key():
    async def update():
        await stored()
        async with database.new_session() as session:
            await database.bulk_update_books(session, [{"id": 1, "title": "One"}, {"id": 3, "title": "Three"}])
            titles = await session.scalars(select(Book.title).order_by(Book.id))
            found = titles.all()
        await database.engine.dispose()
        return found

    assert asyncio.run(update()) == ["One", "Emma", "Three"]


def test_get_db_gives_a_session():
    found = []

    async def use():
        async for session in database.get_db():
            found.append(await session.scalar(select(1)))

    asyncio.run(use())
    assert found == [1]


def test_the_pool_has_the_size_that_was_asked_for():
    assert database.engine.pool.size() == 20
