"""What the page about the health of all entries needs: how they are maintained, and what they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from macros.catalog.model import Catalog, Entry, Kind
from macros.schema.measured.base import day_of
from macros.schema.measured.registry import RegistryReading
from macros.views.health import measured_before, runs_on
from macros.views.kinds import ORDER, status_tone
from macros.views.measure_specs import MEASURES, Reading
from macros.views.measures import MeasureView, measure_view
from macros.views.text import number, plural

FOOTPRINT = ("memory", "start", "size", "dependencies", "types")
"""The measures of what an entry takes, in the order of their columns."""
MONTHS = 24
"""How many months the strokes of releases go back."""
WINDOW = timedelta(days=730)
STROKES = 240
"""The width of the drawing of the releases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceRow:
    """How an entry is maintained; a text is None where nothing is measured."""

    entry: Entry
    status: str
    tone: str
    rank: int
    """The place of its status among all: the best is highest."""
    version: str
    released: date | None
    strokes: str
    """The releases of the last 24 months as one path, or nothing."""
    count: int | None
    gap: int | None
    runs_on: str
    tried: str | None
    vulnerabilities: int | None

    @property
    def in_words(self) -> str:
        """Return the drawing in words."""
        return "not measured" if self.count is None else f"{plural(self.count, 'release')} in {MONTHS} months"


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintCell:
    """A figure of an entry, as text and as a bar from 0 to 5; the text is None where nothing is measured."""

    label: str
    text: str | None = None
    figure: str = ""
    bar: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintRow:
    """What an entry takes."""

    entry: Entry
    cells: tuple[FootprintCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthTable:
    """The health of all entries of a kind that the registry was asked about."""

    kind: Kind
    maintenance: tuple[MaintenanceRow, ...]
    measures: tuple[MeasureView, ...]
    footprint: tuple[FootprintRow, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the measures."""
        return tuple(view.name for view in self.measures)


def health_tables(catalog: Catalog) -> tuple[HealthTable, ...]:
    """Return the two views of every kind."""
    found = []
    for kind in catalog.kinds.values():
        entries = [entry for entry in catalog.of_kind(kind.id) if entry.reading]
        if entries:
            shown = [measure_view(catalog, kind, MEASURES[name]) for name in FOOTPRINT]
            measures = tuple(view for view in shown if view)
            found.append(
                HealthTable(
                    kind=kind,
                    maintenance=tuple(_maintenance(entry, entry.reading) for entry in entries if entry.reading),
                    measures=measures,
                    footprint=_footprint(entries, measures),
                )
            )
    return tuple(found)


def _maintenance(entry: Entry, reading: RegistryReading) -> MaintenanceRow:
    tried = entry.smoke.newest_python if entry.smoke else None
    before = measured_before(entry.smoke, reading) if entry.smoke else ""
    known = reading.vulnerabilities
    return MaintenanceRow(
        entry=entry,
        status=entry.status.word,
        tone=status_tone(entry.status.word),
        rank=-ORDER.index(entry.status.word),
        version=reading.latest.version,
        released=reading.latest.released,
        strokes=_strokes(reading),
        count=reading.releases_24_months,
        gap=reading.longest_gap_24_months,
        runs_on=runs_on(reading),
        tried=f"Python {tried}{f' ({before})' if before else ''}" if tried else None,
        vulnerabilities=None if known is None else len(known),
    )


def _strokes(reading: RegistryReading) -> str:
    """Return a stroke for every release of the last 24 months, from left to right; none where not all are known."""
    if reading.releases_24_months is None:
        return ""
    last = day_of(reading.moment)
    ages = {(last - day) / WINDOW for day, _ in reading.releases if last - day <= WINDOW}
    return "".join(f"M{round(STROKES * (1 - age))} 0v16" for age in sorted(ages, reverse=True))


def _footprint(entries: list[Entry], measures: tuple[MeasureView, ...]) -> tuple[FootprintRow, ...]:
    figures: Mapping[str, dict[str, tuple[Reading, str, float]]] = {
        view.id: {row.entry.id: (row.reading, row.text, row.bar) for row in view.rows} for view in measures
    }

    def cell(entry: Entry, view: MeasureView) -> FootprintCell:
        found = figures[view.id].get(entry.id)
        if found is None:
            return FootprintCell(label=view.name)
        reading, text, bar = found
        return FootprintCell(label=view.name, text=text, figure=number(reading.value).replace(",", ""), bar=bar)

    return tuple(FootprintRow(entry=entry, cells=tuple(cell(entry, view) for view in measures)) for entry in entries)
