"""The items of the contract, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lab.core.errors import LabError
from lab.core.paths import ROOT
from macros.code import contract
from macros.reading.folders import Folders


@cache
def items() -> Mapping[str, str]:
    """Return what each item asks, by its id; raise LabError if the file is not in order."""
    found, problems = contract.load(Folders.of(ROOT).items)
    if problems:
        raise LabError("\n".join(map(str, problems)))
    return found
