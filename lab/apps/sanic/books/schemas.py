import re
from datetime import date
from typing import Annotated

from pydantic import (
    MISSING,
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    WithJsonSchema,
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
Pages = Annotated[
    Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)] | None,
    # Pydantic's own schema says "null", a type that OpenAPI 3.0 has not.
    WithJsonSchema({"type": "integer", "minimum": 1, "nullable": True}),
]
AuthorId = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]


class BookCreate(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Pages = None
    author_id: AuthorId


class BookUpdate(BaseModel):
    title: Title | MISSING = MISSING
    isbn: Isbn | MISSING = MISSING
    published: Published | MISSING = MISSING
    pages: Pages | MISSING = MISSING
    author_id: AuthorId | MISSING = MISSING


# endregion


# region pagination
class PageQuery(BaseModel):
    page: Annotated[int, Field(ge=1)] = 1
    per_page: Annotated[int, Field(ge=1, le=100)] | None = None


class BookQuery(PageQuery):
    q: Annotated[str, Field(pattern=NO_NULL)] = ""
    author: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None
    year: Annotated[int, Field(ge=1, le=9999)] | None = None


# endregion


# region transaction
class BookImport(RootModel[Annotated[list[BookCreate], Field(max_length=50_000)]]):
    pass


# endregion


# region authentication
class Login(BaseModel):
    username: str
    password: str


class Token(BaseModel):
    access_token: str
    token_type: str
    expires_in: int


# endregion


class Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AuthorRead(Read):
    id: int
    name: str


class BookRead(Read):
    id: int
    title: str
    isbn: str
    published: date
    pages: Pages
    author: AuthorRead


class AuthorPage(Read):
    items: list[AuthorRead]
    total: int
    page: int
    per_page: int


class BookPage(Read):
    items: list[BookRead]
    total: int
    page: int
    per_page: int


class AuthorStatistics(Read):
    author: AuthorRead
    books: int


class Statistics(RootModel[list[AuthorStatistics]]):
    pass


class Imported(BaseModel):
    imported: int


class Fault(BaseModel):
    index: int = 0
    field: str
    message: str


class Problem(BaseModel):
    title: str
    status: int
    detail: str = ""
    errors: list[Fault] = []


DESCRIBED = [
    AuthorPage,
    BookCreate,
    BookImport,
    BookPage,
    BookUpdate,
    Imported,
    Login,
    Problem,
    Statistics,
    Token,
]
