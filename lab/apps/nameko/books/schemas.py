import re
from functools import cache

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates

from books.models import Author

LARGEST_INTEGER = 2**63 - 1


class AuthorSchema(Schema):
    id = fields.Integer()
    name = fields.String()


class BookSchema(Schema):
    """A book as it is answered."""

    id = fields.Integer()
    title = fields.String()
    isbn = fields.String()
    published = fields.Date()
    pages = fields.Integer()
    author = fields.Nested(AuthorSchema)


# region validation
def strip(value):
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:  # JSON may have half of a surrogate pair.
        raise ValidationError("Not valid Unicode.") from None
    return value.strip()


def without_hyphens(value):
    return re.sub(r"(?<=\d)[- ]+(?=\d)", "", value) if isinstance(value, str) else value


def iso_date(value):
    # date.fromisoformat takes "20240229" and "2024-W09-4" as well.
    if isinstance(value, str) and not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValidationError("Not a date of the form YYYY-MM-DD.")
    return value


def isbn13(value):
    if not re.fullmatch("97[89][0-9]{10}", value):
        raise ValidationError("Not 13 digits that begin with 978 or 979.")
    if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(value)) % 10:
        raise ValidationError("The last digit doesn't fit the others.")


class BookFields(Schema):
    class Meta:
        unknown = EXCLUDE

    title = fields.String(required=True, pre_load=strip, validate=validate.Length(1, 200))
    isbn = fields.String(required=True, pre_load=without_hyphens, validate=isbn13)
    published = fields.Date(required=True, pre_load=iso_date)
    pages = fields.Integer(
        strict=True,
        allow_none=True,
        load_default=None,
        validate=validate.Range(1, LARGEST_INTEGER),
    )


class BookInputSchema(BookFields):
    """A book as it is sent to the API."""

    author_id = fields.Integer(strict=True, required=True)

    def __init__(self, session, **kwargs):
        super().__init__(**kwargs)
        self.has_author = cache(lambda id: session.get(Author, id) is not None)

    @validates("author_id")
    def validate_author(self, value, data_key):
        if not 0 < value <= LARGEST_INTEGER or not self.has_author(value):
            raise ValidationError("There is no author with this id.")


# endregion


def digits(value):
    # int() takes "1_000", "+1" and " 1" as well.
    if not re.fullmatch("[0-9]+", value):
        raise ValidationError("Not a whole number.")
    return value


class CsvBookSchema(BookFields):
    """A book as it stands in a line of the export."""

    pages = fields.Integer(
        required=True,
        allow_none=True,
        pre_load=lambda value: digits(value) if value else None,
        validate=validate.Range(1, LARGEST_INTEGER),
    )
    author = fields.String(required=True, pre_load=strip, validate=validate.Length(1, 200))


class TokenRequestSchema(Schema):
    username = fields.String(required=True)
    password = fields.String(required=True)


# region pagination
class PageSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    page = fields.Integer(load_default=1, pre_load=digits, validate=validate.Range(1, 2**53))
    per_page = fields.Integer(pre_load=digits, validate=validate.Range(1, 100))


class BookQuerySchema(PageSchema):
    author = fields.Integer(pre_load=digits, validate=validate.Range(max=LARGEST_INTEGER))
    year = fields.Integer(pre_load=digits, validate=validate.Range(max=9999))
    q = fields.String()


# endregion
