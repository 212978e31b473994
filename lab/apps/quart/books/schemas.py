import re
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    MISSING,
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
)

LARGEST_ID = 2**63 - 1  # of SQLite


# region validation
def isbn_13(text: str) -> str:
    digits = re.sub(r"(?<=[0-9])[ -]+(?=[0-9])", "", text)
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise ValueError("an ISBN has 13 digits and begins with 978 or 979")
    if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10:
        raise ValueError("the last digit does not fit the others")
    return digits


def iso_date(value: object) -> object:
    # On its own, pydantic takes seconds since 1970 and midnight for a date, too.
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a date is written as YYYY-MM-DD")
    return value


ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
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


# endregion


class Author(BaseModel):
    id: int
    name: str


class Nothing(RootModel[None]):
    pass


class Table(RootModel[str]):
    pass


# region errors
class Fault(BaseModel):
    field: str
    message: str
    index: int | None = None


class Problem(BaseModel):
    title: str
    status: int
    detail: str | None = None
    errors: list[Fault] | None = None


# endregion


class Book(BaseModel):
    id: int
    title: str
    isbn: str
    published: date
    pages: int | None
    author: Author


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
    q: str = ""
    author: Number | None = None
    year: Number | None = None


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


# endregion


# region database
class BooksOfAuthor(BaseModel):
    author: Author
    books: int


class Statistics(RootModel[list[BooksOfAuthor]]):
    pass


# endregion


# region transaction
class BookList(RootModel[Annotated[list[NewBook], Field(max_length=50_000)]]):
    pass


class Imported(BaseModel):
    imported: int


# endregion


# region authentication
class Credentials(BaseModel):
    username: str
    password: str


class Token(BaseModel):
    access_token: str
    token_type: Literal["bearer"]
    expires_in: int


# endregion


# region command-line
class BookRow(BookFields):
    model_config = ConfigDict(extra="forbid")

    pages: Annotated[Number | None, BeforeValidator(lambda text: text or None)] = None
    author: ShortText
    # endregion
