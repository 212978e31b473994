import re
from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from ninja import Field, FilterLookup, FilterSchema, Schema
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from .validators import validate_isbn


# region validation
def isbn13(value: str) -> str:
    """Without the hyphens and blanks between digits."""
    isbn = re.sub(r"(?<=[0-9])[- ]+(?=[0-9])", "", value)
    try:
        validate_isbn(isbn)
    except ValidationError as error:
        raise PydanticCustomError("isbn", error.message) from None
    return isbn


def day(value: Any) -> Any:
    """By itself Pydantic takes seconds since 1970 as well."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("date", "Enter a date as YYYY-MM-DD.")
    return value


def digits(value: Any) -> Any:
    """By itself Pydantic takes 1.0 and 1_000 as well."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]+", value):
        raise PydanticCustomError("digits", "Enter a whole number.")
    return value


NO_NULL = r"^[^\x00]*$"  # PostgreSQL stores no null character
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NULL),
]
ISBN = Annotated[str, AfterValidator(isbn13)]
Day = Annotated[date, BeforeValidator(day)]
Pages = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
AuthorId = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
Digits = Annotated[int, BeforeValidator(digits)]


class BookBase(Schema):
    title: Title
    isbn: ISBN
    published: Day
    pages: Pages | None = None


class BookIn(BookBase):
    author_id: AuthorId


class BookPatch(BookIn):
    # None stands for what is left out. It can't be sent: only pages may be null.
    title: Title = None
    isbn: ISBN = None
    published: Day = None
    author_id: AuthorId = None


# endregion


# region database
class AuthorOut(Schema):
    id: int
    name: str


class BookOut(Schema):
    id: int
    title: str
    isbn: str
    published: date
    pages: int | None
    author: AuthorOut


class StatisticsOut(Schema):
    author: AuthorOut
    books: int


# endregion


# region transaction
class ImportOut(Schema):
    imported: int


# endregion


# region command-line
class BookRow(BookBase):
    """A book as it stands in a row of a CSV file, where everything is text."""

    pages: Annotated[Digits, Field(ge=1, le=2**31 - 1)] | None
    author: Title


# endregion


# region pagination
class BookFilter(FilterSchema):
    q: Annotated[
        str | None, Field(max_length=200, pattern=NO_NULL), FilterLookup("title__icontains")
    ] = None
    author: Annotated[Digits | None, Field(le=2**63 - 1)] = None
    year: Annotated[Digits | None, Field(ge=1, le=9999), FilterLookup("published__year")] = None


class PageQuery(Schema):
    page: Digits = Field(1, ge=1)
    per_page: Digits = Field(settings.BOOKS_PAGE_SIZE, ge=1, le=100)


class PageOut(Schema):
    items: list[Any]
    total: int
    page: int
    per_page: int


# endregion


# region authentication
class Credentials(Schema):
    # A text with a bound is checked for lone surrogates, too.
    username: Annotated[str, StringConstraints(max_length=1000)]
    password: Annotated[str, StringConstraints(max_length=1000)]


class TokenOut(Schema):
    access_token: str
    token_type: str
    expires_in: int


# endregion


# region live
class Event(Schema):
    event: str
    book: BookOut


# endregion
