"""What criteria and their values may say: data/criteria/ and data/scales.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Id, Ids, Plain, Share, listed, plain
from macros.schema.outside import Outside


class Value(Record):
    """One allowed value of a scale or a criterion."""

    label: Bare = Field(description="The word for it.")
    symbol: Annotated[str, Field(max_length=2), AfterValidator(plain)] = Field(
        "", description="The sign for it; a neutral value has none."
    )
    tone: Literal["supported", "external", "limited", "muted", "neutral"] = Field(description="Its colour by meaning.")
    credit: Share | None = Field(None, description="What it counts for, from 0 to 1.")
    meaning: Plain = Field(description="What it means.")


class Scale(Record):
    """Values that several criteria share."""

    name: Bare
    question: Plain
    values: dict[str, Value] = Field(min_length=2)


class Scales(Record):
    """data/scales.yml."""

    scales: dict[str, Scale]


class ProbeRule(Record):
    """The probe that decides a criterion, and which values a record may then have, by the probe's answer."""

    id: Id = Field(description="The probe.")
    passed: Ids = Field((), alias="pass", description="The values that a pass allows.")
    fail: Ids = Field((), description="The values that a fail allows.")
    absent: Ids = Field((), description="The values that an absence allows.")
    opt_in: Ids = Field((), description="The values that an opt-in allows.")

    def allowed(self, answer: str) -> tuple[str, ...]:
        """Return the values that a record may have where the probe answered so; nothing where it was not asked."""
        asked = {"pass": self.passed, "fail": self.fail, "absent": self.absent, "opt-in": self.opt_in}
        return asked.get(answer, ())


class Criterion(Record):
    """One question, asked of every entry of a kind."""

    id: Id = Field(description="Its name in records and addresses.")
    name: Bare = Field(description="Its name on pages.")
    question: Plain = Field(description="The question.")
    scale: str | None = Field(None, description="The scale of its values, from data/scales.yml.")
    values: dict[str, Value] | None = Field(None, description="Its own values, where no scale fits.")
    pattern: str | None = Field(None, description="What a free text must look like, as a regular expression.")
    form: Plain | None = Field(None, description="That pattern in words.")
    asked_of: Literal["Python", "JavaScript", "TypeScript"] | None = Field(
        None, description="The language whose entries are asked; all, if left out."
    )
    probe: ProbeRule | None = Field(None, description="The probe that decides it.")
    ages_by: Literal["releases", "days"] = Field(
        "releases", description="What makes its facts old: newer releases as well as days, or days alone."
    )
    counterparts: dict[Id, Id] = Field(
        {}, description="By kind: the criterion that asks an entry of that kind for what this one takes from it."
    )
    yardstick: Plain | None = Field(None, description="How to decide between two values that readers could confuse.")
    also: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="Other words that people search for it with."
    )
    examples: tuple[Plain, ...] = Field((), description="Two cases decided by the yardstick, each with its reason.")


class Group(Record):
    """Criteria that belong together."""

    id: Id
    name: Bare
    criteria: tuple[Annotated[Criterion | str, Field(union_mode="left_to_right")], ...]


class Implication(Record):
    """Answers that cannot be right together: if one criterion has one of these values, another has one of those."""

    when: Annotated[dict[Id, Ids], Field(min_length=1, max_length=1)] = Field(
        description="A criterion, and its values from which something follows."
    )
    then: Annotated[dict[Id, Ids], Field(min_length=1, max_length=1)] = Field(
        description="Another criterion, and the values that it may then have."
    )
    because: Plain = Field(description="Why it follows, in one sentence.")


class Kind(Record):
    """data/criteria/KIND.yml: what is asked of the entries of a kind."""

    name: Bare
    singular: Bare
    summary: Bare
    position: Annotated[int, Field(ge=1, strict=True)]
    groups: tuple[Group, ...]
    others: tuple[Outside, ...] = Field((), description="Well-known ones of the kind that have no entry here.")
    implications: tuple[Implication, ...] = Field((), description="What follows from an answer for another one.")


class SharedCriteria(Record):
    """data/criteria/shared.yml: criteria that several kinds ask."""

    criteria: tuple[Criterion, ...]
