import asyncio
import csv
import io
from fastapi import BackgroundTasks
from fastapi.responses import StreamingResponse
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .main import Session, app
from .models import Book
from .services import find_similar_books, get_book_details, get_book_reviews, send_notifications

# Async operations for I/O bound tasks
@app.get("/books/{book_id}/analysis")
async def analyze_book(book_id: int):
    # Run multiple operations concurrently
    book_data, reviews, similar_books = await asyncio.gather(
        get_book_details(book_id),
        get_book_reviews(book_id),
        find_similar_books(book_id)
    )

    return {
        "book": book_data,
        "reviews": reviews,
        "similar": similar_books
    }

# Background tasks for non-blocking operations
@app.post("/books/{book_id}/notify-readers")
async def notify_readers(book_id: int, background_tasks: BackgroundTasks):
    background_tasks.add_task(send_notifications, book_id)
    return {"message": "Notifications scheduled"}

# Streaming responses for large datasets
@app.get("/books/export")
async def export_books(db: Session):
    def line(*values):
        text = io.StringIO()
        csv.writer(text).writerow(values)
        return text.getvalue()

    async def generate_csv():
        yield line("title", "author", "published_date")
        async for book in await db.stream_scalars(select(Book).options(joinedload(Book.author))):
            yield line(book.title, book.author.name, book.published_date)

    return StreamingResponse(
        generate_csv(),
        media_type="text/csv",
        headers={"Content-Disposition": "attachment; filename=books.csv"}
    )
