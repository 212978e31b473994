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
from starlette.exceptions import HTTPException
from starlette.requests import Request

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


Title = Annotated[str, Field(min_length=1, max_length=200)]
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


async def json_of(request: Request) -> Any:
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise HTTPException(400, "The body is no JSON.") from None


# endregion


# region pagination
class Paging(BaseModel):
    page: int = Field(1, ge=1)
    per_page: int | None = Field(None, ge=1, le=100)


class Filters(Paging):
    author: int | None = Field(None, ge=1, le=LARGEST_ID)
    q: str = ""
    year: int | None = Field(None, ge=1, le=9999)


# endregion


class Login(BaseModel):
    username: str = Field(max_length=200)
    password: str = Field(max_length=200)


# region command-line
def number_or_text(text: str) -> int | str | None:
    """An empty cell is no number; what is not a number is left to the rules of a book."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else text or None


class BookRow(BookFields):
    """A line of a CSV file."""

    pages: Annotated[Pages | None, BeforeValidator(number_or_text)]
    author: Annotated[str, Field(min_length=1)]


# endregion
