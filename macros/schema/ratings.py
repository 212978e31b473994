"""What ratings may say: data/ratings/."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Id, Plain, Share, as_field, listed


class Part(Record):
    """A criterion in a rating."""

    criterion: Id
    weight: Annotated[float, Field(gt=0, strict=True)] = 1.0
    credit: dict[str, Share] | None = None


class Otherwise(Record):
    """The measure for an entry without the first one, with its own steps."""

    measure: Id
    steps: tuple[Annotated[float, Field(strict=True)], ...] = Field(min_length=5, max_length=5)


class First(Record):
    """A measure that comes first: two entries that both have it are compared by it, unless it ties them."""

    measure: Id
    tie: Annotated[float, Field(ge=0, lt=1, strict=True)] = 0.0


class MeasurePart(Record):
    """A measure in a rating: 5 for the best of those measured, 0 for the worst, in proportion between them."""

    measure: Id
    weight: Annotated[float, Field(gt=0, strict=True)] = 1.0
    better: Literal["less", "more"] = "less"


class Rule(Record):
    """How a rating comes from facts or from measured values."""

    by: Literal["share", "thresholds", "position", "positions"] = Field(
        description="share of credit, thresholds of a measure, position among the measured, or several positions."
    )
    criteria: tuple[Annotated[Part, BeforeValidator(as_field("criterion"))], ...] = ()
    at_least_answered: Annotated[float, Field(ge=0, le=1, strict=True)] = 0.75
    measure: Id | None = None
    measures: tuple[Annotated[MeasurePart, BeforeValidator(as_field("measure"))], ...] = ()
    better: Literal["less", "more"] = "more"
    tie: Annotated[float, Field(ge=0, lt=1, strict=True)] = Field(
        0.0, description="Two figures that differ by no more than this share are equal, by position."
    )
    first: First | None = Field(None, description="What is compared before the measure, by position.")
    steps: tuple[Annotated[float, Field(strict=True)], ...] = ()
    otherwise: Otherwise | None = None


class Rating(Record):
    """A number from 0 to 5 and the rule it comes from: data/ratings/ID.yml."""

    name: Bare
    question: Plain
    also: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="Other words that people search for it with."
    )
    kind: Id
    position: Annotated[int, Field(ge=1, strict=True)]
    why: Plain
    rule: Rule
