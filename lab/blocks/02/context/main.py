from types import SimpleNamespace

async def get_db():
    yield None

class BookService:
    books = []

    @classmethod
    async def create(cls, db, book):
        values = book.model_dump() | {"id": len(cls.books) + 1, "author_name": "Jane Austen"}
        cls.books.append(SimpleNamespace(**values))
        return values

    @classmethod
    async def get_books(cls, db, skip, limit):
        return [vars(book) for book in cls.books[skip:skip + limit]]

async def get_user_profile(user_id):
    return {"id": user_id}

async def get_reading_statistics(user_id):
    return {"read": 3}

async def get_book_recommendations(user_id):
    return ["Emma"]

