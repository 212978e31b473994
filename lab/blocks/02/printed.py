from fastapi import FastAPI, Depends, HTTPException
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from typing import List, Optional
import asyncio

app = FastAPI(title="Book API", version="1.0.0")

# Pydantic models for data validation
class AuthorCreate(BaseModel):
    name: str
    email: str

class BookCreate(BaseModel):
    title: str
    author_id: int
    published_date: str
    isbn: str

class BookResponse(BaseModel):
    id: int
    title: str
    author_name: str
    published_date: str
    isbn: str

# API endpoints with automatic documentation
@app.post("/books/", response_model=BookResponse)
async def create_book(
    book: BookCreate, 
    db: AsyncSession = Depends(get_db)
):
    """Create a new book with automatic validation."""
    # FastAPI validates data automatically
    db_book = await BookService.create(db, book)
    return db_book

@app.get("/books/", response_model=List[BookResponse])
async def list_books(
    skip: int = 0, 
    limit: int = 100,
    db: AsyncSession = Depends(get_db)
):
    """List books with pagination."""
    books = await BookService.get_books(db, skip=skip, limit=limit)
    return books

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
