"""What all records have in common: hyphens in keys, no key beyond those declared, frozen once read."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class Record(BaseModel):
    """A mapping in a data file: keys with hyphens, none beyond those declared, frozen once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, alias_generator=_hyphens)

    def model_post_init(self, context: Any, /) -> None:
        """Share the names of the fields, and the set of those that were given, with other records."""
        given, values = self.__pydantic_fields_set__, self.__dict__
        object.__delattr__(self, "__dict__")
        for name, value in values.items():  # what is set one by one has its keys in the class (PEP 412)
            object.__setattr__(self, name, value)
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))


_GIVEN: dict[frozenset[str], set[str]] = {}
"""Sets of fields, each once: a catalog has tens of thousands of records and a few hundred sets."""
