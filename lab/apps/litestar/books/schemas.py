import re
from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
)

LARGEST_ID = 2**63 - 1


# region validation
def isbn_13(text: str) -> str:
    digits = re.sub("(?<=[0-9])[- ]+(?=[0-9])", "", text)
    if not re.fullmatch("97[89][0-9]{10}", digits):
        raise ValueError("must have 13 digits and begin with 978 or 979")
    if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10:
        raise ValueError("must end with the digit that fits the others")
    return digits


def iso_date(value: object) -> date:
    # Strict models take no text for a date; on its own, Python takes other forms as well.
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError("must be a date as YYYY-MM-DD")
    return date.fromisoformat(value)


NO_NULL = r"^[^\x00]*$"  # PostgreSQL stores no null character
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NULL),
]
Isbn = Annotated[str, AfterValidator(isbn_13)]
Published = Annotated[date, BeforeValidator(iso_date)]
Pages = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
AuthorId = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]


class BookCreate(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Pages | None = None
    author_id: AuthorId


class BookUpdate(BaseModel):
    title: Title = Field(default=None)
    isbn: Isbn = Field(default=None)
    published: Published = Field(default=None)
    pages: Pages | None = None
    author_id: AuthorId = Field(default=None)


# endregion


# region transaction
MOST_BOOKS = 50_000
book_import = TypeAdapter(Annotated[list[BookCreate], Field(max_length=MOST_BOOKS)])
# endregion


class Fault(BaseModel):
    index: int | None = None
    field: str
    message: str


class Problem(BaseModel):
    title: str
    status: int
    detail: str = ""
    errors: list[Fault] = []


class Author(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str


class Book(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    isbn: str
    published: date
    pages: int | None
    author: Author


class AuthorPage(BaseModel):
    items: list[Author]
    total: int
    page: int
    per_page: int


class BookPage(BaseModel):
    items: list[Book]
    total: int
    page: int
    per_page: int


class AuthorStatistics(BaseModel):
    author: Author
    books: int
