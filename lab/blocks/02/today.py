from fastapi import FastAPI, Depends
from pydantic import BaseModel, EmailStr
from sqlalchemy.ext.asyncio import AsyncSession
from datetime import date
from typing import Annotated
import asyncio

from .database import get_db
from .services import BookService, get_book_recommendations, get_reading_statistics, get_user_profile

app = FastAPI(title="Book API", version="1.0.0")

Session = Annotated[AsyncSession, Depends(get_db)]

# Pydantic models for data validation
class AuthorCreate(BaseModel):
    name: str
    email: EmailStr

class BookCreate(BaseModel):
    title: str
    author_id: int
    published_date: date
    isbn: str

class BookResponse(BaseModel):
    id: int
    title: str
    author_name: str
    published_date: date
    isbn: str

# API endpoints with automatic documentation
@app.post("/books/", status_code=201)
async def create_book(book: BookCreate, db: Session) -> BookResponse:
    """Create a new book with automatic validation."""
    # FastAPI validates data automatically
    return await BookService.create(db, book)

@app.get("/books/")
async def list_books(db: Session, skip: int = 0, limit: int = 100) -> list[BookResponse]:
    """List books with pagination."""
    return await BookService.get_books(db, skip=skip, limit=limit)

# Async operations for high performance
@app.get("/analytics/{user_id}")
async def get_user_analytics(user_id: int):
    """Get user analytics with concurrent operations."""
    user_data, reading_stats, recommendations = await asyncio.gather(
        get_user_profile(user_id),
        get_reading_statistics(user_id),
        get_book_recommendations(user_id)
    )
    return {
        "user": user_data,
        "stats": reading_stats,
        "recommendations": recommendations
    }
