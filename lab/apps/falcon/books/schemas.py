import asyncio
import re
from datetime import date
from typing import Annotated, Any

from falcon.asgi import Request, Response
from pydantic import (
    MISSING,
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    RootModel,
    StringConstraints,
)

LARGEST_ID = 2**63 - 1


# region validation
def isbn_13(text: str) -> str:
    digits = re.sub(r"(?<=[0-9])[ -]+(?=[0-9])", "", text)
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise ValueError("an ISBN has 13 digits and begins with 978 or 979")
    if sum(int(digit) * weight for digit, weight in zip(digits, (1, 3) * 7, strict=False)) % 10:
        raise ValueError("the last digit does not fit the others")
    return digits


def iso_date(value: object) -> object:
    # On its own, pydantic takes seconds since 1970 and midnight for a date, too.
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a date is written as YYYY-MM-DD")
    return value


NO_NULL = r"^[^\x00]*$"  # PostgreSQL stores no null character
ShortText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NULL),
]
Isbn = Annotated[str, AfterValidator(isbn_13)]
Published = Annotated[date, BeforeValidator(iso_date)]
Pages = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
AuthorId = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]


class BookFields(BaseModel):
    title: ShortText
    isbn: Isbn
    published: Published
    pages: Pages | None = None


class NewBook(BookFields):
    author_id: AuthorId


class BookChanges(BaseModel):
    title: ShortText | MISSING = MISSING
    isbn: Isbn | MISSING = MISSING
    published: Published | MISSING = MISSING
    pages: Pages | MISSING | None = MISSING
    author_id: AuthorId | MISSING = MISSING


async def validate(
    req: Request, resp: Response, resource: Any, params: dict[str, Any], model: type[BaseModel]
) -> None:
    """Hand the body to the responder as an instance of the model."""
    params["body"] = await asyncio.to_thread(model.model_validate, await req.get_media())


# endregion


# region transaction
class BookList(RootModel[Annotated[list[NewBook], Field(max_length=50_000)]]):
    pass


# endregion


# region authentication
class Credentials(BaseModel):
    username: str
    password: str


# endregion


# region pagination
def digits_only(text: object) -> object:
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]+", text):
        raise ValueError("a whole number is wanted")
    return text


Digits = BeforeValidator(digits_only)
Number = Annotated[int, Field(ge=1, le=LARGEST_ID), Digits]


class PageQuery(BaseModel):
    page: Number = 1
    per_page: Annotated[int, Field(ge=1, le=100), Digits] | None = None


class BookQuery(PageQuery):
    q: Annotated[str, Field(pattern=NO_NULL)] = ""
    author: Number | None = None
    year: Annotated[int, Field(ge=1, le=9999), Digits] | None = None


# endregion


# region command-line
class BookRow(BookFields):
    pages: Annotated[Number | None, BeforeValidator(lambda text: text or None)] = None
    author: ShortText
    # endregion
