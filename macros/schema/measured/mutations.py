"""Which planted bugs the suite of the Books applications caught: data/measured/mutations/ENTRY.json."""

from __future__ import annotations

from pydantic import Field

from macros.schema.fields import Plain
from macros.schema.measured.base import Digest, EntryResult, Machine, MeasuredRecord, Seen


class PlantedBug(MeasuredRecord):
    """A small bug, the item of the contract whose tests were run against it, and the test that caught it."""

    bug: Plain
    item: Plain
    test: Seen = Field("", description="The first test that failed; none where the bug survived.")


class MutationsRun(EntryResult):
    """What became of the bugs that were planted in one application."""

    bugs: dict[str, PlantedBug]
    files: Digest = Field(description="The SHA-256 of the application as it is without them.")
    suite: Digest = Field(description="The SHA-256 of the suite.")
    machine: Machine

    @property
    def caught(self) -> int:
        """Return how many bugs were caught."""
        return sum(1 for bug in self.bugs.values() if bug.test)
