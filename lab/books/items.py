"""The contract: its items in their order, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lab.core.errors import LabError
from lab.core.paths import ROOT
from macros.code import contract
from macros.reading.folders import Folders
from macros.schema.applications import Contract


@cache
def agreed() -> Contract:
    """Return the contract; raise LabError if its file is not in order."""
    found, problems = contract.load(Folders.of(ROOT).items)
    if problems:
        raise LabError("\n".join(map(str, problems)))
    return found


def items() -> Mapping[str, str]:
    """Return what each item asks, by its id."""
    return agreed().items


def limit(name: str) -> int:
    """Return the bound of that name, in the unit that the contract gives it."""
    return agreed().limits[name].most
