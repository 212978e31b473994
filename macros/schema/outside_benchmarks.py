"""What the record of somebody else's benchmark may say: data/benchmarks/ID.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Day, Id, Link, Note, Plain, as_field

ASPECTS = {
    "measures": "What it measures",
    "load": "Load",
    "machine": "Machine",
    "ranking": "What it ranks by",
    "answers": "Are the answers checked?",
    "repeated": "How often",
    "state": "State",
}
"""What may be said of a benchmark, in the order in which it is shown, and the words for it."""


class BenchmarkStatement(Record):
    """One thing that a page or a file of the benchmark says about it."""

    about: Literal["measures", "load", "machine", "ranking", "answers", "repeated", "state"] = Field(
        description="What it is about: one of " + ", ".join(ASPECTS) + "."
    )
    says: Note = Field(description="What the page says, in our words.")
    source: Link = Field(description="The page or the file.")
    checked: Day = Field(description="The day it was read.")


class Mention(Record):
    """A line of an article that names the benchmark."""

    article: Id
    line: Annotated[int, Field(ge=1, strict=True)]


class OutsideFigure(Record):
    """What a framework reached there."""

    value: Annotated[float, Field(gt=0)] = Field(description="The figure, in the unit of the result.")
    place: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        None, description="Its place among all that were measured."
    )
    release: Plain | None = Field(None, description="The release that was measured, in quotes, if the page tells it.")


class OutsideResult(Record):
    """One list of a run, as far as it names entries of ours."""

    title: Plain = Field(description="What was asked, in a few words.")
    unit: Plain = Field(description="What its figures count, such as requests a second.")
    better: Literal["more", "less"] = Field("more", description="Whether more or less is better.")
    day: Day = Field(description="The day of the run; of the file, if the file does not tell the day of the run.")
    of: Annotated[int, Field(ge=2, strict=True)] = Field(description="How many were measured.")
    source: Link = Field(description="The file or the page with the figures.")
    checked: Day = Field(description="The day it was read.")
    note: Note | None = Field(None, description="What must be known to read the figures.")
    figures: dict[Id, Annotated[OutsideFigure, BeforeValidator(as_field("value"))]] = Field(
        min_length=1, description="Entry: figure, or entry: {value, place, release}."
    )


class OutsideBenchmark(Record):
    """A benchmark of somebody else: data/benchmarks/ID.yml."""

    name: Bare = Field(description="What it is called.")
    link: Link = Field(description="Its repository or page.")
    by: Plain = Field(description="Who makes it.")
    ended: Day | None = Field(None, description="The day on which its end was announced.")
    last_run: Day | None = Field(None, description="The day of the newest run or result that was found.")
    mentions: tuple[Mention, ...] = Field((), description="Where articles name it: article and line.")
    statements: tuple[BenchmarkStatement, ...] = Field(
        min_length=1, description="What is known of it, each with its page and day; one for each subject."
    )
    results: tuple[OutsideResult, ...] = Field((), description="Its newest figures for entries of ours.")
