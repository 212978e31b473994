"""What the glossary of the site's own words may say: data/glossary.yml."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Id, Plain


class Term(Record):
    """A word of the site."""

    name: Bare = Field(description="The word as texts write it.")
    meaning: Plain = Field(description="What it means, in one or two sentences.")
    also: tuple[Bare, ...] = Field((), description="Other forms of it.")
    see: Id | None = Field(None, description="The id of the section of /method/ that says more.")
    link: Literal["never"] | None = Field(
        None, description="never, if the word also has its everyday sense: pages then do not link it."
    )


class Glossary(Record):
    """data/glossary.yml."""

    terms: dict[Id, Term]
