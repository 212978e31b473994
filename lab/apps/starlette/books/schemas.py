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
    RootModel,
    TypeAdapter,
)
from pydantic_core import PydanticCustomError
from starlette.responses import JSONResponse

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


Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]  # PostgreSQL stores no null character
Title = Annotated[Text, Field(min_length=1, max_length=200)]
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


class Login(BaseModel):
    username: str = Field(max_length=200)
    password: str = Field(max_length=200)


class Problem(BaseModel):
    title: str
    status: int
    detail: str
    errors: list[dict[str, str | int]] | None = None


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"  # noqa: S105
    expires_in: int


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


class AuthorStatistics(BaseModel):
    author: AuthorPublic
    books: int


class Statistics(RootModel[list[AuthorStatistics]]):
    pass


class Imported(BaseModel):
    imported: int


class ModelResponse(JSONResponse):
    def render(self, content: BaseModel) -> bytes:
        return content.model_dump_json().encode()


# region pagination
class Paging(BaseModel):
    page: int = Field(1, ge=1)
    per_page: int | None = Field(None, ge=1, le=100)


class Filters(Paging):
    author: int | None = Field(None, ge=1, le=LARGEST_ID)
    q: Text = ""
    year: int | None = Field(None, ge=1, le=9999)


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
    author: Annotated[Text, Field(min_length=1)]


# endregion
