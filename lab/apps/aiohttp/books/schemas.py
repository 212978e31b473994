import re
from datetime import date
from typing import Annotated, Any

from aiohttp import web
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    TypeAdapter,
)
from pydantic_core import from_json

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
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("must be a date as YYYY-MM-DD")
    return value


NO_NULL = r"^[^\x00]*$"  # PostgreSQL stores no null character
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NULL),
]
Isbn = Annotated[str, AfterValidator(isbn_13)]
Published = Annotated[date, BeforeValidator(iso_date)]
Pages = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
AuthorId = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]


class NewBook(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Pages | None = None
    author_id: AuthorId


class BookChanges(BaseModel):
    title: Title = Field(default=None)
    isbn: Isbn = Field(default=None)
    published: Published = Field(default=None)
    pages: Pages | None = None
    author_id: AuthorId = Field(default=None)


NewBooks = TypeAdapter(Annotated[list[NewBook], Field(max_length=50_000)])


async def json_of(request: web.Request) -> Any:
    try:
        return await request.json(loads=from_json)
    except (ValueError, LookupError):
        raise web.HTTPBadRequest(text="The body is no JSON.") from None


# endregion


class Credentials(BaseModel):
    username: str
    password: str


# region pagination
def digits(text: str) -> str:
    if not re.fullmatch("[0-9]{1,18}", text):
        raise ValueError("must be a whole number")
    return text


Number = Annotated[int, BeforeValidator(digits)]


class Paging(BaseModel):
    page: Annotated[Number, Field(ge=1)] = 1
    per_page: Annotated[Number, Field(ge=1, le=100)] | None = None


class Filter(Paging):
    q: Annotated[str, Field(pattern=NO_NULL)] = ""
    author: Number | None = None
    year: Annotated[Number, Field(le=9999)] | None = None
    # endregion
