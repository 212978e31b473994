"""What a demonstration says of the fact that names it: whether it passed, and for which release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from macros.catalog.evidence import newer_minor
from macros.reading.measurements import Measurements
from macros.schema.measured.base import day_of
from macros.schema.measured.registry import RegistryReading


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationRun:
    """A demonstration that passed: of which entry, with which release, on which day."""

    entry: str
    id: str
    version: str
    """The release of the entry's package that ran."""
    day: date
    newer: str | None = None
    """The first minor release after the one that ran, or None: then it shows how the newest release behaves."""

    @property
    def anchor(self) -> str:
        """Return where it is on the page of its entry."""
        return f"demonstration-{self.id}"


def demonstrated(
    measured: Measurements, entry: str, name: str | None, reading: RegistryReading | None
) -> DemonstrationRun | None:
    """Return the run of the demonstration that a fact of the entry names; None if it names none or none passed."""
    run = measured.demonstrations.get(entry)
    ended = run.functions.get(name) if run and name else None
    if run is None or name is None or ended is None or ended.outcome != "passed":
        return None
    newer = newer_minor(run.version, reading)
    return DemonstrationRun(entry=entry, id=name, version=run.version, day=day_of(run.moment), newer=newer)
