"""What the FastAPI blocks call without defining it."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .models import Book

notified = []


class BookService:
    @staticmethod
    async def create(db, book):
        row = Book(**book.model_dump())
        db.add(row)
        await db.commit()
        await db.refresh(row, ["author"])
        return row

    @staticmethod
    async def get_books(db, skip, limit):
        found = await db.scalars(
            select(Book).options(joinedload(Book.author)).order_by(Book.id).offset(skip).limit(limit)
        )
        return found.all()


async def get_user_profile(user_id):
    return {"id": user_id}


async def get_reading_statistics(user_id):
    return {"read": 3}


async def get_book_recommendations(user_id):
    return ["Emma"]


async def get_book_details(book_id):
    return {"id": book_id}


async def get_book_reviews(book_id):
    return []


async def find_similar_books(book_id):
    return []


def send_notifications(book_id):
    notified.append(book_id)
