"""What matrices and the concepts of Spring may say: data/matrices/, data/coming-from/."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Day, Id, Ids, Link, Markdown, Note, Plain, listed


class Row(Record):
    """Rows of a matrix under a heading of their own."""

    name: Bare
    note: Note | None = None
    criteria: Ids = ()
    ratings: Ids = ()


class Table(Record):
    """One table of a matrix: entries of one kind, and what is shown of them."""

    kind: Id
    caption: Bare | None = None
    entries: Ids = ()
    rows: Literal["criteria", "entries"] = "criteria"
    criteria: Ids = ()
    groups: Ids = ()
    ratings: Ids = ()
    sections: tuple[Row, ...] = ()


class SpringEquivalent(Record):
    """The part of Spring that a matrix answers to."""

    name: Bare
    source: Link
    checked: Day
    is_: Plain = Field(alias="is")
    ends: Plain


class Matrix(Record):
    """A published matrix: data/matrices/ID.yml."""

    name: Bare
    summary: Bare
    introduction: Markdown
    also: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="Other words that people search for it with."
    )
    position: Annotated[int, Field(ge=1, strict=True)]
    spring: SpringEquivalent | None = None
    tables: tuple[Table, ...] = Field(min_length=1)


class Concept(Record):
    """A concept of Spring, and the criterion that asks for the like."""

    concept: Bare
    source: Link
    checked: Day
    what: Plain
    criterion: Id
    kind: Id = "frameworks"
    ends: Note | None = None


class Concepts(Record):
    """data/coming-from/spring.yml."""

    name: Bare
    entries: Ids
    concepts: tuple[Concept, ...]
