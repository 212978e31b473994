"""Values that ratings are computed from: data/measured/MEASURE.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from macros.schema.fields import Bare, Day, Plain
from macros.schema.measured.base import MeasuredRecord


def _shortest(value: float) -> int | float:
    """Return a whole number without a decimal point."""
    return int(value) if value.is_integer() else value


class MeasuredValue(MeasuredRecord):
    """The value of one entry, and the day it was measured or counted for."""

    value: Annotated[float, Field(strict=True), PlainSerializer(_shortest)]
    day: Day
    bound: Literal["at most"] | None = None


class Measure(MeasuredRecord):
    """One value for each entry that was measured."""

    name: Bare
    unit: Plain
    command: Plain
    values: dict[str, MeasuredValue]
