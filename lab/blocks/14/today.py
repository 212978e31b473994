import os
from datetime import date
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPBearer, HTTPAuthorizationCredentials
from pydantic import BaseModel, Field, field_validator
from sqlalchemy.ext.asyncio import AsyncSession
import jwt

from .database import get_db
from .services import BookService

SECRET_KEY = os.environ["SECRET_KEY"]  # at least 32 bytes, such as secrets.token_hex() gives
ALGORITHM = "HS256"

app = FastAPI(title="Book API")
security = HTTPBearer()

def verify_token(credentials: Annotated[HTTPAuthorizationCredentials, Depends(security)]):
    invalid = HTTPException(status_code=401, detail="Invalid token", headers={"WWW-Authenticate": "Bearer"})
    try:
        payload = jwt.decode(
            credentials.credentials, SECRET_KEY, algorithms=[ALGORITHM], options={"require": ["exp", "sub"]}
        )
    except jwt.InvalidTokenError:
        raise invalid from None
    return payload["sub"]

# Input validation with Pydantic
class BookCreate(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    author_id: int
    isbn: str = Field(pattern=r'^[0-9]{13}$')
    published_date: date

    @field_validator('title')
    @classmethod
    def validate_title(cls, v: str) -> str:
        if not v.strip():
            raise ValueError('Title cannot be empty')
        return v.strip()

@app.post("/books/", status_code=201)
async def create_book(
    book: BookCreate,
    current_user: Annotated[str, Depends(verify_token)],
    db: Annotated[AsyncSession, Depends(get_db)],
):
    # User is authenticated
    created = await BookService.create(db, book)
    return {"id": created.id, "title": created.title, "created_by": current_user}
