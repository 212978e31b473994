"""How something is written today that was written otherwise before: part of the record of an entry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from macros.schema.base import Record
from macros.schema.criteria import Value
from macros.schema.fields import Bare, Day, Link, Note, Passage, Plain, Release, plain
from macros.schema.pointers import fragment_link

_MEANINGS = (
    ("removed", "✕", "limited", "The newest release no longer accepts the old form."),
    ("deprecated", "◩", "limited", "The old form works, and the documentation or a warning says that it will go."),
    ("superseded", "", "neutral", "The old form works, and the documentation teaches the new one."),
)


IDIOM_STATUS = {
    label: Value.model_validate(
        {"label": label, "tone": tone, "meaning": meaning} | ({"symbol": symbol} if symbol else {})
    )
    for label, symbol, tone, meaning in _MEANINGS
}
"""What became of an old form, removed ones first."""


Code = Annotated[str, Field(max_length=120), AfterValidator(plain)]


class Idiom(Record):
    """A form that has aged, and how it is written today."""

    what: Bare = Field(description="What the code is for, in a few words.")
    was: Code = Field(description="The old form, as code of at most 120 characters.")
    now: Code = Field(description="The form of today, as code of at most 120 characters.")
    status: Literal["removed", "deprecated", "superseded"] = Field(
        description="Whether the old form is removed, deprecated, or still works and is superseded."
    )
    since: Plain | None = Field(None, description="The release since which that is so, in quotes.")
    note: Note | None = Field(None, description="One sentence, if the two forms do not say enough.")
    source: Link = Field(description="The page that shows it.")
    version: Release | None = Field(None, description="The release that the page describes, in quotes.")
    checked: Day = Field(description="The day that page was read.")
    at: Passage | None = Field(None, description="Where the page says it: its first and last words.")

    @property
    def link(self) -> str:
        """Return the address of its page, at the words."""
        return fragment_link(self.source, self.at)
