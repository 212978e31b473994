from main import BookService, app

async def get_book_details(book_id):
    return {"id": book_id}

async def get_book_reviews(book_id):
    return []

async def find_similar_books(book_id):
    return []

def send_notifications(book_id):
    pass

def get_all_books_stream():
    return iter(BookService.books)

