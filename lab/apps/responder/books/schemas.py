import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    MISSING,
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
)
from pydantic_core import PydanticCustomError

LARGEST_ID = 2**63 - 1


# region validation
def only_iso_date(value: Any) -> Any:
    """Pydantic alone would take timestamps as well."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("iso_date", "Should be a date such as 2024-02-29")
    return value


def only_isbn_13(value: str) -> str:
    digits = re.sub(r"(?<=[0-9])[- ]+(?=[0-9])", "", value)
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise PydanticCustomError("isbn", "Should be 13 digits that begin with 978 or 979")
    if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10:
        raise PydanticCustomError("isbn_checksum", "The last digit should fit the others")
    return digits


NO_NULL = r"^[^\x00]*$"  # PostgreSQL stores no null character
Title = Annotated[str, Field(pattern=NO_NULL, min_length=1, max_length=200)]
Isbn = Annotated[str, AfterValidator(only_isbn_13)]
Published = Annotated[date, BeforeValidator(only_iso_date)]
Pages = Annotated[int, Field(ge=1, le=LARGEST_ID, strict=True)]
AuthorId = Annotated[int, Field(ge=1, le=LARGEST_ID, strict=True)]


class BookFields(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True)

    title: Title
    isbn: Isbn
    published: Published
    pages: Pages | None = None


class BookCreate(BookFields):
    author_id: AuthorId


class BookUpdate(BookFields):
    title: Title | MISSING = MISSING
    isbn: Isbn | MISSING = MISSING
    published: Published | MISSING = MISSING
    author_id: AuthorId | MISSING = MISSING


BookList = TypeAdapter(Annotated[list[BookCreate], Field(max_length=50_000)])
# endregion


class AuthorPublic(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str


class BookPublic(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    isbn: str
    published: date
    pages: int | None
    author: AuthorPublic


class Imported(BaseModel):
    imported: int


class AuthorStatistics(BaseModel):
    author: AuthorPublic
    books: int


# region pagination
class Page(BaseModel):
    total: int
    page: int
    per_page: int


class AuthorPage(Page):
    items: list[AuthorPublic]


class BookPage(Page):
    items: list[BookPublic]


# endregion


# region command-line
def number_or_text(text: str) -> int | str | None:
    """An empty cell is no number; what is not a number is left to the rules of a book."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else text or None


class BookRow(BookFields):
    """A line of a CSV file."""

    pages: Annotated[Pages | None, BeforeValidator(number_or_text)]
    author: Annotated[str, Field(min_length=1, pattern=NO_NULL)]


# endregion
