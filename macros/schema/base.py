"""What all records have in common: hyphens in keys, no key beyond those declared, frozen once read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class Record(BaseModel):
    """A mapping in a data file: keys with hyphens, none beyond those declared, frozen once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, alias_generator=_hyphens)
