"""Until when a series of releases is supported: part of the record of an entry."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Day, Link, Note, Passage, Release, plain
from macros.schema.pointers import fragment_link

MONTH = re.compile(r"(\d{4})-(\d{2})")


def end_of(text: str) -> date | None:
    """Return the day that a text spells, or the last day of the month that it spells; None for words."""
    try:
        if month := MONTH.fullmatch(text):
            year, number = int(month[1]), int(month[2])
            return date(year, number, monthrange(year, number)[1])
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_text(value: Any) -> Any:
    """Accept a day in place of its text."""
    return value.isoformat() if type(value) is date else value


def until(text: str) -> str:
    """Return the text if it is a day, a month, or words such as `the next feature release`."""
    if text[:1].isdigit() and end_of(text) is None:
        raise ValueError(
            "is neither a day nor a month. Write 2027-04-30, 2027-04, or words such as the next feature release."
        )
    return plain(text)


Until = Annotated[str, Field(max_length=80), BeforeValidator(as_text), AfterValidator(until)]


class Series(Record):
    """A series of releases, and until when it is supported."""

    version: Release = Field(description="The numbers that its releases begin with, in quotes.")
    name: Bare | None = Field(None, description="What the project calls it, if not by its numbers alone: 5.2 LTS.")
    released: Day | None = Field(None, description="The day of its first release.")
    bug_fixes_until: Until | None = Field(
        None, description="Until when it gets all bug fixes, if that ends before its support: as supported-until."
    )
    supported_until: Until = Field(
        description="Until when it gets security fixes: a day, a month, or the words of the page."
    )
    note: Note | None = Field(None, description="One sentence, if the dates do not say enough.")
    source: Link = Field(description="The page that states it.")
    checked: Day = Field(description="The day that page was read.")
    at: Passage | None = Field(None, description="Where the page says it: its first and last words.")

    @property
    def link(self) -> str:
        """Return the address of its page, at the words."""
        return fragment_link(self.source, self.at)
