import re
from collections.abc import Callable
from datetime import date
from typing import Any

import colander
from colander import Invalid, SchemaNode, drop, null

LARGEST_ID = 2**63 - 1


# region validation
class Text(colander.SchemaType):
    def __init__(self, *, strip: bool = True) -> None:
        self.strip = strip

    def deserialize(self, node: SchemaNode, cstruct: object) -> object:
        if cstruct is null:
            return null
        try:
            cstruct.encode()
        except (AttributeError, UnicodeEncodeError):  # half of a surrogate pair has no encoding
            raise Invalid(node, "A text is wanted.") from None
        if "\0" in cstruct:  # which PostgreSQL does not store
            raise Invalid(node, "A text without null characters is wanted.")
        return cstruct.strip() if self.strip else cstruct


class Whole(colander.SchemaType):
    def __init__(self, *, nullable: bool = False) -> None:
        self.nullable = nullable

    def deserialize(self, node: SchemaNode, cstruct: object) -> object:
        if cstruct is null or (cstruct is None and self.nullable):
            return cstruct
        if type(cstruct) is not int or not 1 <= cstruct <= LARGEST_ID:
            raise Invalid(node, "A whole number of at least 1 is wanted.")
        return cstruct


class Day(Text):
    def deserialize(self, node: SchemaNode, cstruct: object) -> object:
        text = super().deserialize(node, cstruct)
        if text is null:
            return null
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            raise Invalid(node, "A date as YYYY-MM-DD is wanted.") from None


class Isbn(Text):
    def deserialize(self, node: SchemaNode, cstruct: object) -> object:
        text = super().deserialize(node, cstruct)
        if text is null:
            return null
        digits = re.sub(r"(?<=[0-9])[ -]+(?=[0-9])", "", text)
        if not re.fullmatch(r"97[89][0-9]{10}", digits):
            raise Invalid(node, "An ISBN has 13 digits and begins with 978 or 979.")
        if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10:
            raise Invalid(node, "The last digit does not fit the others.")
        return digits


@colander.deferred
def known_author(node: SchemaNode, kw: dict[str, Any]) -> Callable[[SchemaNode, int], None]:
    def validator(node: SchemaNode, author_id: int) -> None:
        if not kw["is_author"](author_id):
            raise Invalid(node, "There is no such author.")

    return validator


class BookFields(colander.MappingSchema):
    title = SchemaNode(Text(), validator=colander.Length(1, 200))
    isbn = SchemaNode(Isbn())
    published = SchemaNode(Day())
    pages = SchemaNode(Whole(nullable=True), missing=None)


class NewBook(BookFields):
    author_id = SchemaNode(Whole(), validator=known_author)


class BookChanges(NewBook):
    def after_bind(self, node: SchemaNode, kw: dict[str, Any]) -> None:
        for field in self.children:
            field.missing = drop


# endregion


# region transaction
class BookList(colander.SequenceSchema):
    book = NewBook()
    validator = colander.Length(max=50_000)


# endregion


# region authentication
class Credentials(colander.MappingSchema):
    username = SchemaNode(Text(strip=False))
    password = SchemaNode(Text(strip=False))


# endregion


# region pagination
class Number(Whole):
    """A whole number, written in digits."""

    def deserialize(self, node: SchemaNode, cstruct: object) -> object:
        if isinstance(cstruct, str) and re.fullmatch(r"[0-9]{1,19}", cstruct):
            return super().deserialize(node, int(cstruct))
        return super().deserialize(node, cstruct)


class PageQuery(colander.MappingSchema):
    page = SchemaNode(Number(), missing=1)
    per_page = SchemaNode(Number(), missing=None, validator=colander.Range(max=100))


class BookQuery(PageQuery):
    q = SchemaNode(Text(strip=False), missing="")
    author = SchemaNode(Number(), missing=None)
    year = SchemaNode(Number(), missing=None, validator=colander.Range(max=9999))


# endregion


# region command-line
class Cell(Number):
    """A number of a table, or nothing."""

    def deserialize(self, node: SchemaNode, cstruct: object) -> object:
        return None if cstruct == "" else super().deserialize(node, cstruct)


class BookRow(BookFields):
    pages = SchemaNode(Cell(), missing=None)
    author = SchemaNode(Text(), validator=colander.Length(1, 200))
    # endregion
