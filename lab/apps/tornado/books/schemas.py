import re
from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
)

LARGEST_ID = 2**63 - 1


# region validation
def isbn_13(text: str) -> str:
    if not re.fullmatch("[0-9](?:[- ]*[0-9]){12}", text):
        raise ValueError("must have 13 digits, with hyphens and blanks only between them")
    digits = re.sub("[- ]", "", text)
    if not digits.startswith(("978", "979")):
        raise ValueError("must begin with 978 or 979")
    if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10:
        raise ValueError("must end with the digit that fits the others")
    return digits


def iso_date(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError("must be a date as YYYY-MM-DD")
    return value


NO_NULL = r"^[^\x00]*$"  # PostgreSQL stores no null character
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NULL),
]
Isbn = Annotated[str, AfterValidator(isbn_13)]
Published = Annotated[date, BeforeValidator(iso_date)]
Pages = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)] | None
AuthorId = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]


class BookCreate(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Pages = None
    author_id: AuthorId


class BookUpdate(BaseModel):
    title: Title = Field(default=None)
    isbn: Isbn = Field(default=None)
    published: Published = Field(default=None)
    pages: Pages = None
    author_id: AuthorId = Field(default=None)


# endregion


# region pagination
def digits(text: str) -> str:
    if not re.fullmatch("[0-9]{1,18}", text):
        raise ValueError("must be a whole number")
    return text


Number = Annotated[int, BeforeValidator(digits), Field(ge=1)]


class PageQuery(BaseModel):
    page: Number = 1
    per_page: Annotated[Number, Field(le=100)] | None = None


class BookQuery(PageQuery):
    q: Annotated[str, Field(pattern=NO_NULL)] = ""
    author: Number | None = None
    year: Annotated[Number, Field(le=9999)] | None = None


# endregion
