"""What is said of an entry once instead of again and again: its status beside its name, the usual day of its facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from macros import schema
from macros.catalog.evidence import NOT_ADVISED, MaintenanceStatus

if TYPE_CHECKING:
    from macros.catalog.facts import Fact


class Standing:
    """The part of an entry that says how it stands."""

    record: schema.Entry
    status: MaintenanceStatus
    facts: Mapping[str, Fact]

    @property
    def told(self) -> str:
        """Return the status that is told wherever the entry is named; empty where it can be chosen."""
        return self.status.word if self.status.word in NOT_ADVISED else ""

    @property
    def is_advised(self) -> bool:
        """Return whether it can be recommended: it is neither dormant nor continued by another project."""
        return not self.told

    @property
    def named(self) -> str:
        """Return its name, with the status that is told: `Faust (ended)`."""
        return f"{self.record.name} ({self.told})" if self.told else self.record.name

    @cached_property
    def usual_day(self) -> date | None:
        """Return the day on which most of its pages were read; other days are exceptions."""
        return _commonest(fact.checked for fact in self.facts.values())

    @cached_property
    def usual_run(self) -> date | None:
        """Return the day on which most programs confirmed its facts; other days are exceptions."""
        return _commonest(day for fact in self.facts.values() for day in fact.runs)


def _commonest(days: Iterable[date]) -> date | None:
    """Return the commonest of the days, the latest of several; None if there are none."""
    counts = Counter(days)
    return max(counts, key=lambda day: (counts[day], day), default=None)
