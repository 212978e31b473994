"""The form of ratings and use cases."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict  # pydantic reads no other on Python 3.11

from macros.views.api.models.fields import Better, Path, Points, Share, Stars


class RatedCriterion(TypedDict):
    """A criterion in a rating by share; `credit` is null where its own scale counts."""

    criterion: str
    weight: float
    credit: dict[str, Share] | None


class RatedMeasure(TypedDict):
    """A measure in a rating."""

    measure: str
    weight: float
    better: Better


class EntryScore(TypedDict):
    """The rating of one entry."""

    entry: str
    value: Annotated[Stars | None, Field(description="As pages print it; null with the reason.")]
    missing: str | None


class Rating(TypedDict):
    """A number from 0 to 5, and the rule that it comes from."""

    id: str
    kind: str
    name: str
    question: str
    why: str
    by: Annotated[str, Field(description="share, thresholds, position or positions; the method page explains them.")]
    criteria: list[RatedCriterion]
    measures: list[RatedMeasure]
    scores: list[EntryScore]


class Ratings(TypedDict):
    """All ratings."""

    ratings: list[Rating]


class Need(TypedDict):
    """A condition that an entry must meet."""

    criterion: str
    values: Annotated[list[str], Field(description="The values that meet it.")]
    because: str


class Weight(TypedDict):
    """What counts in a ranking, and how much."""

    of: Literal["criterion", "rating", "figure"]
    id: str
    weight: float
    share: Annotated[Share, Field(description="Its share of all weights.")]
    credit: Annotated[dict[str, Share] | None, Field(description="What values count for; null: by the scale.")]
    because: str | None


class Scored(TypedDict):
    """The points of an entry: from `low`, if what is not recorded counts nothing, to `high`, if it counts all."""

    entry: str
    low: Points
    high: Points
    points: Annotated[str, Field(description="As pages print them.")]


class Ranked(Scored):
    """An entry with a place; entries that nothing tells apart share one."""

    place: Annotated[int, Field(ge=1)]
    first: Annotated[Share | None, Field(description="The share of draws in which no other entry is before it.")]
    top: Annotated[Share | None, Field(description="The share of draws in which fewer than three are before it.")]
    beaten: Annotated[Share | None, Field(description="The share of draws in which the highest score is before it.")]
    unproven: Annotated[list[str], Field(description="Needs that it is not known to meet, by criterion.")]
    grouped: Annotated[list[Scored], Field(description="Entries that owe it most of their points.")]


class Doubtful(Scored):
    """An entry that fits and has no place, since nobody should build on it for years."""

    doubts: list[str]


class Reason(TypedDict):
    """A need that an entry does not meet, with the value that it has."""

    criterion: str
    value: str


class Excluded(TypedDict):
    """An entry that is ruled out."""

    entry: str
    reasons: list[Reason]
    wrong_language: bool
    superseded_by: Annotated[str | None, Field(description="The id of what replaces it, or its name.")]


class UseCase(TypedDict):
    """A use case with its ranking."""

    id: str
    kind: str
    group: str
    name: str
    question: str
    summary: str
    path: Path
    language: Annotated[str | None, Field(description="The language that it must be written in.")]
    lasting: Annotated[bool, Field(description="Whether it is built on for years.")]
    needs: list[Need]
    weights: list[Weight]
    known: Annotated[Share, Field(description="The share of the weights that is known for the entry known best.")]
    band: Annotated[list[str], Field(description="The entries that share the first place.")]
    ranking: Annotated[list[Ranked], Field(description="Empty where too little is known.")]
    doubtful: list[Doubtful]
    excluded: list[Excluded]


class UseCases(TypedDict):
    """All use cases."""

    use_cases: list[UseCase]
