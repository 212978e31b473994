"""What programs found out: data/measured/, written by lab/ and only read here, as typed records.

What could not be answered is null, and `not-available` says why: a reading in which a null has no reason is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from macros.schema.base import Record
from macros.schema.fields import Plain

Count = Annotated[int, Field(ge=0)]


Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]


Release = tuple[date, str]
"""The day of a release in UTC, and its version."""


CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def day_of(moment: str) -> date:
    """Return the day of a moment such as `2026-11-20T07:12:02Z`."""
    return date.fromisoformat(moment[:10])


def _missing(value: Any, name: str = "") -> Iterator[str]:
    """Yield the dotted names of everything below that is null."""
    if value is None:
        yield name
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _missing(item, f"{name}.{key}" if name else str(key))


class Explained(Record):
    """A record whose nulls have a reason each."""

    not_available: dict[str, Plain] = Field(description="What is null, by dotted name, and why.")

    @model_validator(mode="after")
    def _nulls_have_reasons(self) -> Explained:
        missing = set(_missing(self.model_dump(by_alias=True)))
        if missing != set(self.not_available):
            raise ValueError(f"null: {sorted(missing)}; with a reason: {sorted(self.not_available)}.")
        return self


class _Loose(Record):
    """A record of a run: keys that a page does not show may stand in it."""

    model_config = ConfigDict(extra="ignore")


def _visible(text: str) -> str:
    """Return the text with a picture for every control character: what a server sends may hold them, HTML may not."""
    return CONTROLS.sub(lambda found: chr(0x2400 + ord(found[0])) if ord(found[0]) < 32 else "\ufffd", text)


Seen = Annotated[str, AfterValidator(_visible)]
