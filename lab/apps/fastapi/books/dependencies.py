# region validation
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Body, Depends
from fastapi.exceptions import RequestValidationError
from pydantic import Field, SkipValidation, TypeAdapter, ValidationError
from sqlalchemy import select

from books.database import SessionDep
from books.models import Author
from books.schemas import BookCreate, BookUpdate

# FastAPI documents these bodies and leaves their validation to the dependencies below,
# because one of the rules asks the database and all faults are reported together.
BookBody = Annotated[SkipValidation[BookCreate], Body()]
ChangesBody = Annotated[SkipValidation[BookUpdate], Body()]
BookList = Annotated[list[BookCreate], Field(max_length=50_000)]
BooksBody = Annotated[SkipValidation[BookList], Body()]
book_list = TypeAdapter(BookList)


@contextmanager
def body_errors() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        faults = [fault | {"loc": ("body", *fault["loc"])} for fault in error.errors()]
        raise RequestValidationError(faults) from None


def new_book(body: BookBody, session: SessionDep) -> BookCreate:
    context = {"is_author": lambda author_id: session.get(Author, author_id)}
    with body_errors():
        return BookCreate.model_validate(body, context=context)


def book_changes(body: ChangesBody, session: SessionDep) -> BookUpdate:
    context = {"is_author": lambda author_id: session.get(Author, author_id)}
    with body_errors():
        return BookUpdate.model_validate(body, context=context)


def new_books(body: BooksBody, session: SessionDep) -> list[BookCreate]:
    authors = set(session.scalars(select(Author.id)))
    with body_errors():
        return book_list.validate_python(body, context={"is_author": authors.__contains__})


NewBook = Annotated[BookCreate, Depends(new_book)]
BookChanges = Annotated[BookUpdate, Depends(book_changes)]
NewBooks = Annotated[list[BookCreate], Depends(new_books)]
# endregion
