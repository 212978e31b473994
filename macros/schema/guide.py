"""What use cases and stacks may say: data/guide/, data/stacks/."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.entries import Outside
from macros.schema.fields import Bare, Id, Ids, Note, Plain, Share, as_field, listed


class Said(Record):
    """What an article recommends for a use case."""

    article: Id
    line: Annotated[int, Field(ge=1, strict=True)]
    says: Plain
    recommends: Ids = ()
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


class UseCase(Record):
    """A use case: data/guide/ID.yml."""

    name: Bare
    group: Literal["build", "run", "team", "part"]
    kind: Id
    question: Plain
    summary: Bare
    also: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="Other words that people search for it with."
    )
    language: Literal["Python", "JavaScript", "TypeScript"] | None = None
    needs: tuple[Need, ...] = ()
    weights: dict[str, Annotated[Weight, BeforeValidator(as_field("weight"))]] = Field(min_length=1)
    ratings: dict[str, Annotated[float, Field(gt=0, le=50, strict=True)]] = Field(default_factory=dict)
    common: Annotated[int, Field(ge=1, strict=True)] | None = None
    said: tuple[Said, ...] = ()


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
