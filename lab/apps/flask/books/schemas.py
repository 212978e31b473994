import re
from datetime import date
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, pre_load
from marshmallow.validate import ContainsNoneOf, Length, Range

LARGEST_ID = 2**63 - 1


# region validation
class Text(fields.String):
    def _deserialize(self, value, attr, data, **kwargs) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValidationError("This is not valid Unicode.") from None
        if "\0" in text:  # which PostgreSQL does not store
            raise ValidationError("This has a null character.")
        return text


class Isbn(fields.String):
    def _deserialize(self, value, attr, data, **kwargs) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        digits = re.sub(r"(?<=[0-9])[ -]+(?=[0-9])", "", text)
        if not re.fullmatch(r"97[89][0-9]{10}", digits):
            raise ValidationError("An ISBN has 13 digits and begins with 978 or 979.")
        if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10:
            raise ValidationError("The last digit does not fit the others.")
        return digits


class Day(fields.Date):
    def _deserialize(self, value, attr, data, **kwargs) -> date:
        # On its own, marshmallow takes 20240229 and 2024-W09-4 for dates, too.
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValidationError("A date is written as YYYY-MM-DD.")
        return super()._deserialize(value, attr, data, **kwargs)


class BookFields(Schema):
    title = Text(required=True, validate=Length(min=1, max=200))
    isbn = Isbn(required=True)
    published = Day(required=True)
    pages = fields.Integer(strict=True, load_default=None, validate=Range(min=1, max=LARGEST_ID))


class BookSchema(BookFields):
    class Meta:
        unknown = EXCLUDE

    author_id = fields.Integer(required=True, strict=True, validate=Range(min=1, max=LARGEST_ID))


# endregion


# region authentication
class TokenSchema(Schema):
    username = fields.String(required=True)
    password = fields.String(required=True)


# endregion


# region pagination
class Digits(fields.Integer):
    def _validated(self, value: Any) -> int:
        # int() also takes signs, blanks, underscores and the digits of other scripts.
        if not re.fullmatch(r"[0-9]+", value):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class PageSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    # The number of a page times its size is an offset, which the database has to hold.
    page = Digits(load_default=1, validate=Range(min=1, max=LARGEST_ID // 100))
    per_page = Digits(load_default=None, validate=Range(min=1, max=100))


class FilterSchema(PageSchema):
    q = fields.String(load_default="", validate=ContainsNoneOf("\0"))
    author = Digits(load_default=None, validate=Range(min=1, max=LARGEST_ID))
    year = Digits(load_default=None, validate=Range(min=1, max=9999))


# endregion


# region command-line
class RowSchema(BookFields):
    class Meta:
        unknown = RAISE

    pages = Digits(allow_none=True, validate=Range(min=1, max=LARGEST_ID))
    author = Text(required=True, validate=Length(min=1, max=200))

    @pre_load
    def empty_is_null(self, row: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return {**row, "pages": row["pages"] or None}
        # endregion
