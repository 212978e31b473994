"""What changed on a day in what the records say: data/changes/DAY.yml, written by `python -m tools.changes --write`."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Id, Plain


def commit_name(text: str) -> str:
    """Return the text if it is the name of a commit: forty digits of base 16."""
    if not re.fullmatch("[0-9a-f]{40}", text):
        raise ValueError("is not the name of a commit. Run: python -m tools.changes --write")
    return text


class Change(Record):
    """What something was before and is now; nothing where there was or is none."""

    was: Plain | None = Field(None, description="What it was.")
    now: Plain | None = Field(None, description="What it is now.")


class FactChange(Record):
    """A fact whose value has changed."""

    was: Plain = Field(description="The value before.")
    now: Plain = Field(description="The value now.")
    version: Plain | None = Field(None, description="The newest release, where the page describes it.")


class EntryChanges(Record):
    """What changed on a day about one entry."""

    kind: Id = Field(description="Its kind, as its folder is named.")
    name: Bare = Field(description="What it was called on that day.")
    record: Literal["added", "removed"] | None = Field(
        None, description="Whether it got its record on that day, or lost it."
    )
    status: Change | None = Field(None, description="Its maintenance status.")
    release: Change | None = Field(None, description="Its newest release, as the registry said.")
    support: dict[str, Change] = Field(
        default_factory=dict, description="Release series whose end of support has changed."
    )
    facts: dict[Id, FactChange] = Field(default_factory=dict, description="Facts whose value has changed.")
    answered: Annotated[int, Field(ge=0, strict=True)] = Field(
        0, description="How many criteria it answers that it did not answer before."
    )
    dropped: Annotated[int, Field(ge=0, strict=True)] = Field(
        0, description="How many criteria it answered before and does not answer now."
    )


class DayOfChanges(Record):
    """What changed on a day: data/changes/DAY.yml. Written by a program from the history of the repository."""

    commit: Annotated[str, AfterValidator(commit_name)] = Field(
        description="The last commit of the day that touched a record or a measurement."
    )
    entries: dict[Id, EntryChanges] = Field(description="What changed, by the id of the entry.", min_length=1)
