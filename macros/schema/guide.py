"""What use cases, witnesses and stacks may say: data/guide/, data/witnesses/, data/stacks/."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Day, Id, Ids, Link, Note, Passage, Plain, Share, as_field, listed
from macros.schema.outside import Outside

Notes = Annotated[tuple[Note, ...], BeforeValidator(listed)]


def _when(given: Any) -> str:
    """Return a day, a month or a year as text."""
    text = given.isoformat() if isinstance(given, date) else str(given)
    if not re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?", text):
        raise ValueError('is not when it was published. Write a day (2025-08-18), or "2025-08" or "2025" in quotes.')
    return text


When = Annotated[str, BeforeValidator(_when)]
"""A day, or a year or month where no page tells the day, as text."""


class Described(Record):
    """What a description says of a criterion: the values that would make it true."""

    criterion: Id
    values: Annotated[tuple[str, ...], BeforeValidator(listed)]


class Said(Record):
    """What an article says for a use case: it recommends entries, or describes some."""

    article: Id
    line: Annotated[int, Field(ge=1, strict=True)]
    says: Plain
    recommends: Ids = Field((), description="The entries that it recommends.")
    of: Ids = Field((), description="The entries that it describes, where it recommends none.")
    describes: Described | None = Field(None, description="The criterion that it speaks of, and what it says of it.")
    note: Note | None = None


class Need(Record):
    """A condition that an entry must meet."""

    criterion: Id
    values: Annotated[tuple[str, ...], BeforeValidator(listed)]
    because: Note


class Weight(Record):
    """How much a criterion counts in a ranking."""

    weight: Annotated[float, Field(gt=0, le=10, strict=True)]
    credit: dict[str, Share] | None = None
    because: Note | None = None


class FigureWeight(Record):
    """How much a rating or a measured figure counts in a ranking."""

    weight: Annotated[float, Field(gt=0, le=50, strict=True)]
    because: Note | None = None


FigureWeights = dict[str, Annotated[FigureWeight, BeforeValidator(as_field("weight"))]]


class UseCase(Record):
    """A use case: data/guide/ID.yml."""

    name: Bare = Field(description="What it is called.")
    group: Literal["build", "run", "team", "part"] = Field(
        description="What you build, how it runs, who builds it, or choosing a part."
    )
    kind: Id = Field(description="The kind whose entries it ranks.")
    question: Plain = Field(description="The question that it answers.")
    summary: Bare = Field(description="The case in a sentence or two.")
    also: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="Other words that people search for it with."
    )
    jobs: Notes = Field((), description="The jobs that it is made of, one sentence each.")
    lasts: Literal["years", "less"] | None = Field(
        None, description="Whether it is built on for years; if left out, years for the group build alone."
    )
    language: Literal["Python", "JavaScript", "TypeScript"] | None = Field(
        None, description="The language that it must be written in."
    )
    needs: tuple[Need, ...] = Field((), description="Conditions: a criterion, the values that meet it, and why.")
    weights: dict[str, Annotated[Weight, BeforeValidator(as_field("weight"))]] = Field(
        min_length=1, description="How much each criterion counts, up to 10, and why."
    )
    ratings: FigureWeights = Field(default_factory=dict, description="How much ratings count, and why.")
    measures: FigureWeights = Field(
        default_factory=dict,
        description="How much measured figures count, and why: start, memory, size.",
    )
    common: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        None, description="Its place among the cases that the home page shows."
    )
    said: tuple[Said, ...] = Field((), description="What the articles say.")
    holds_against: Note | None = Field(
        None,
        description="Why our first entries are others than those of most witnesses, in words. A test asks for it where "
        "that is so.",
    )

    @property
    def lasting(self) -> bool:
        """Return whether it is built on for years."""
        return self.lasts == "years" or (self.lasts is None and self.group == "build")


class Statement(Record):
    """What a witness says for use cases."""

    cases: Ids = Field(min_length=1, description="The use cases that it speaks of.")
    recommends: Ids = Field((), description="The entries that it recommends for them.")
    against: Ids = Field((), description="The entries that it advises against.")
    says: Note = Field(description="What it says: a paraphrase, or a short quotation in quotation marks.")
    at: Passage = Field(description="The first and last words of the passage.")
    place: Plain | None = Field(None, description="Where in the source: a section, a question, a figure.")


class Witness(Record):
    """A dated source that says which entries are fit for what: data/witnesses/ID.yml."""

    title: Plain = Field(description="The title of the page.")
    url: Link = Field(description="Its address.")
    who: Literal["maintainer", "survey", "operator", "migration", "adviser"] = Field(
        description="The maintainers, a survey, somebody who runs it, the story of a move, or who teaches and advises."
    )
    by: Plain = Field(description="Who says it: a project, a company, a person.")
    published: When | None = Field(
        None, description="When it was published; left out where a page is kept up to date without a date."
    )
    read: Day = Field(description="The day on which it was read.")
    statements: tuple[Statement, ...] = Field(min_length=1, description="What it says, use case by use case.")


class StackPart(Record):
    """One part of a stack."""

    role: Bare
    entry: Id | None = None
    outside: Outside | None = None
    because: Note


class Stack(Record):
    """Entries used together for a goal: data/stacks/ID.yml."""

    name: Bare
    goal: Plain
    use_case: Id | None = None
    said: Said
    verdict: Literal["agree", "with-changes", "disagree"]
    why: Note
    parts: tuple[StackPart, ...] = Field(min_length=2)
