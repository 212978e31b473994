import asyncio
from fastapi import BackgroundTasks
from fastapi.responses import StreamingResponse

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
async def export_books():
    def generate_csv():
        yield "title,author,published_date
"
        for book in get_all_books_stream():
            yield f"{book.title},{book.author.name},{book.published_date}
"

    return StreamingResponse(
        generate_csv(),
        media_type="text/csv",
        headers={"Content-Disposition": "attachment; filename=books.csv"}
    }
