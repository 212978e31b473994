"""How the demonstrations of an entry ended: data/measured/demonstrations/ENTRY.json."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.schema.fields import Id, Plain
from macros.schema.measured.base import Digest, MeasuredRecord, PackageResult, Packages, Seen


class DemonstrationOutcome(MeasuredRecord):
    """How one function ended: passed, or failed with a message."""

    outcome: Literal["passed", "failed"]
    claim: Seen = Field(description="What it shows: its docstring.")
    seconds: Annotated[float, Field(ge=0)] = Field(description="How long it took.")
    message: Seen = Field("", description="Why it failed.")


class DemonstrationsRun(PackageResult):
    """How the demonstrations of an entry ended with one release of its package."""

    file: Plain = Field(description="The file that was run.")
    digest: Digest = Field(description="The SHA-256 of the file.")
    functions: dict[Id, DemonstrationOutcome] = Field(description="By name, with hyphens for underscores.")
    packages: Packages
    lock: Digest = Field(description="The SHA-256 of the lock that was installed.")
    runtime: Plain

    def count(self, outcome: str) -> int:
        """Return how many functions ended so."""
        return sum(1 for function in self.functions.values() if function.outcome == outcome)
