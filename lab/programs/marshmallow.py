"""Load what fits a schema, and say what does not."""

# /// script
# dependencies = ["marshmallow"]
# ///

from marshmallow import Schema, ValidationError, fields


class Book(Schema):
    title = fields.String(required=True)
    pages = fields.Integer()


assert Book().load({"title": "Dune", "pages": "412"}) == {"title": "Dune", "pages": 412}
try:
    Book().load({"pages": "many"})
except ValidationError as error:
    assert set(error.messages) == {"title", "pages"}
else:
    raise AssertionError("what does not fit was taken")
