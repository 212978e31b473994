import os

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy import func, select, update

from .models import Author, Book

# Async database operations
async def get_authors_with_book_count(db: AsyncSession):
    result = await db.execute(
        select(Author, func.count(Book.id).label('book_count'))
        .outerjoin(Book)
        .group_by(Author.id)
    )
    return result.all()

# High-performance bulk operations
async def bulk_update_books(db: AsyncSession, updates: list[dict]):
    await db.execute(
        update(Book),
        updates
    )
    await db.commit()

# Connection pooling for scalability
engine = create_async_engine(
    os.environ["DATABASE_URL"],  # postgresql+asyncpg://user:pass@localhost/db
    pool_size=20,
    max_overflow=30
)
new_session = async_sessionmaker(engine, expire_on_commit=False)

async def get_db():
    async with new_session() as session:
        yield session
