"""What the matrix of maintenance and packages needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.catalog.model import Catalog, Entry, Kind
from macros.schema.measured.footprint import Footprint
from macros.schema.measured.registry import RegistryReading
from macros.views.health import measured_before, runs_on
from macros.views.text import long_date, percent, plural, size

TONES: Mapping[str, str] = {"active": "supported", "quiet": "external", "not measured": "muted"}
"""The colour of a maintenance status by meaning; every other one is a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthCell:
    """One cell of the health matrix; `text` is None where nothing is measured."""

    label: str
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRow:
    """An entry in the health matrix."""

    entry: Entry
    status: str
    tone: str
    cells: tuple[HealthCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthTable:
    """The health of all entries of a kind that the registry was asked about."""

    kind: Kind
    rows: tuple[HealthRow, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the headings of the columns beside entry and status."""
        return tuple(cell.label for cell in self.rows[0].cells)


def health_tables(catalog: Catalog) -> tuple[HealthTable, ...]:
    """Return the tables of the health matrix, a kind each."""
    found = []
    for kind in catalog.kinds.values():
        entries = [entry for entry in catalog.of_kind(kind.id) if entry.reading]
        served = any(entry.footprint for entry in entries)
        rows = tuple(_health_row(entry, entry.reading, served) for entry in entries if entry.reading)
        if rows:
            found.append(HealthTable(kind=kind, rows=rows))
    return tuple(found)


def _health_row(entry: Entry, reading: RegistryReading, served: bool) -> HealthRow:
    cells = {**_registry_cells(entry, reading), **(_footprint_cells(entry.footprint) if served else {})}
    return HealthRow(
        entry=entry,
        status=entry.status.word,
        tone=TONES.get(entry.status.word, "limited"),
        cells=tuple(HealthCell(label=label, text=text) for label, text in cells.items()),
    )


def _registry_cells(entry: Entry, reading: RegistryReading) -> dict[str, str | None]:
    released, count, gap = reading.latest.released, reading.releases_24_months, reading.longest_gap_24_months
    needed, installed, known = reading.dependencies, reading.installed_size, reading.vulnerabilities
    tried = entry.smoke.newest_python if entry.smoke else None
    before = measured_before(entry.smoke, reading) if entry.smoke else ""
    return {
        "Latest": reading.latest.version,
        "Released": long_date(released) if released else "not confirmed",
        "In 24 months": None if count is None else f"{count}",
        "Longest gap": None if gap is None else plural(gap, "day"),
        "Runs on": runs_on(reading),
        "Tried on": f"Python {tried}{f' ({before})' if before else ''}" if tried else None,
        "Dependencies": f"{len(needed.direct)} + {needed.transitive}" if needed else None,
        "Installed": size(installed.with_dependencies) if installed else None,
        "Vulnerabilities": None if known is None else f"{len(known)}",
        "Known types": percent(entry.type_coverage.share) if entry.type_coverage else None,
    }


def _footprint_cells(found: Footprint | None) -> dict[str, str | None]:
    return {
        "First response": f"{found.first_response.median:.0f} ms" if found else None,
        "Idle memory": f"{found.idle_pss.median:.0f} MiB" if found else None,
    }
