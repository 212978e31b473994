import asyncio

from books.models import Base, create_engine
from books.settings import load_settings


async def create_tables(database: str) -> None:
    engine = create_engine(database)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(create_tables(load_settings().database))
