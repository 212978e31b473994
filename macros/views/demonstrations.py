"""What the page of an entry shows of its demonstrations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from macros.catalog.facts import Criterion
from macros.catalog.model import Catalog, Entry
from macros.code.demonstrations import Demonstration
from macros.schema.measured.base import day_of
from macros.schema.measured.demonstrations import DemonstrationOutcome, DemonstrationsRun


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDemonstration:
    """A demonstration with its lines, the criteria whose facts name it, and how it ended; None if it has not run."""

    demonstration: Demonstration
    code: Markup
    criteria: tuple[Criterion, ...]
    outcome: DemonstrationOutcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationsView:
    """The demonstrations of an entry, in the order of their file, and their last run."""

    path: str
    run: DemonstrationsRun | None
    shown: tuple[ShownDemonstration, ...]

    @property
    def day(self) -> date | None:
        """Return the day of the run."""
        return day_of(self.run.moment) if self.run else None


def demonstrations_view(catalog: Catalog, entry: Entry) -> DemonstrationsView | None:
    """Return the demonstrations of an entry, or None if it has none."""
    file, run = catalog.demonstrations.get(entry.id), catalog.readings.demonstrations.get(entry.id)
    if file is None:
        return None
    pages = entry.record.evidence
    named = {name: fact.demonstration for page in pages for name, fact in page.facts.items() if fact.demonstration}
    shown = (
        ShownDemonstration(
            demonstration=one,
            code=file.html(one),
            criteria=tuple(fact.criterion for name, fact in entry.facts.items() if named.get(name) == one.id),
            outcome=run.functions.get(one.id) if run else None,
        )
        for one in file.demonstrations.values()
    )
    return DemonstrationsView(path=file.path, run=run, shown=tuple(shown))
