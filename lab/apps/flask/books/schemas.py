from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates
from marshmallow.validate import Length, Range

from books.models import Author, db

LARGEST_ID = 2**63 - 1


# region validation
class Text(fields.String):
    def _deserialize(self, value, attr, data, **kwargs) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValidationError("This is not valid Unicode.") from None
        return text


class Isbn(fields.String):
    def _deserialize(self, value, attr, data, **kwargs) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        digits = text.replace("-", "").replace(" ", "")
        if len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
            raise ValidationError("An ISBN has 13 digits.")
        if not digits.startswith(("978", "979")):
            raise ValidationError("An ISBN begins with 978 or 979.")
        if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10:
            raise ValidationError("The last digit does not fit the others.")
        return digits


class BookSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    title = Text(required=True, validate=Length(min=1, max=200))
    isbn = Isbn(required=True)
    published = fields.Date(required=True, format="%Y-%m-%d")
    pages = fields.Integer(strict=True, allow_none=True, validate=Range(min=1, max=LARGEST_ID))
    author_id = fields.Integer(required=True, strict=True, validate=Range(min=1, max=LARGEST_ID))

    @validates("author_id")
    def author_exists(self, author_id: int, data_key: str) -> None:
        if db.session.get(Author, author_id) is None:
            raise ValidationError("There is no such author.")


# endregion


# region authentication
class TokenSchema(Schema):
    username = fields.String(required=True)
    password = fields.String(required=True)


# endregion


# region pagination
class PageSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    page = fields.Integer(load_default=1, validate=Range(min=1, max=1_000_000))
    per_page = fields.Integer(load_default=None, validate=Range(min=1, max=100))


class FilterSchema(PageSchema):
    q = fields.String(load_default="")
    author = fields.Integer(load_default=None, validate=Range(min=1, max=LARGEST_ID))
    year = fields.Integer(load_default=None, validate=Range(min=1, max=9999))
    # endregion
