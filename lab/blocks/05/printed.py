from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import sessionmaker, selectinload
from sqlalchemy import select, func

# Async database operations
async def get_authors_with_book_count(db: AsyncSession):
    result = await db.execute(
        select(Author, func.count(Book.id).label('book_count'))
        .join(Book)
        .group_by(Author.id)
        .options(selectinload(Author.books))
    )
    return result.all()

# High-performance bulk operations
async def bulk_update_books(db: AsyncSession, updates: List[dict]):
    await db.execute(
        update(Book),
        updates
    )
    await db.commit()

# Connection pooling for scalability
engine = create_async_engine(
    "postgresql+asyncpg://user:pass@localhost/db",
    pool_size=20,
    max_overflow=30
)
