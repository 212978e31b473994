"""What marshmallow does when it is run: each function shows the claim in its docstring, or fails."""

import warnings

from marshmallow import Schema, ValidationError, fields, validates


def async_validator_is_never_awaited():
    """An async method under validates is accepted and never awaited, so its check passes whatever it would raise."""
    ran = []

    class Person(Schema):
        name = fields.String()

        @validates("name")
        async def check(self, value, **_):
            ran.append(value)
            raise ValidationError("refused")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        assert Person().load({"name": "a name"}) == {"name": "a name"}
    assert ran == []


def integers_are_strict_on_request_and_floats_never():
    """Integer(strict=True) refuses text; Float and Decimal know no such parameter and accept text."""
    assert _error_of(fields.Integer(strict=True), "1")
    assert fields.Integer().deserialize("1") == 1
    for field in (fields.Float, fields.Decimal):
        assert float(field().deserialize("1.5")) == 1.5
        try:
            field(strict=True)
        except TypeError:
            continue
        raise AssertionError(f"{field.__name__} takes strict")


def _error_of(field, value):
    """Return the messages with which the field refuses the value, none if it accepts it."""
    try:
        field.deserialize(value)
    except ValidationError as error:
        return error.messages
    return []
