"""Measured figures that a use case may weigh: between the best and the worst of the kind, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log

from macros.catalog.model import Catalog, Entry
from macros.schema.routes import HEALTH

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured figure: what it is called, its unit, whether less or more of it is better, and its page."""

    name: str
    unit: str
    of: Callable[[Catalog, Entry], float | None]
    less_is_better: bool = True
    page: str = HEALTH

    def text(self, value: float) -> str:
        """Return a value with its unit."""
        return f"{value:,.3g} {self.unit}" if value < 100 else f"{value:,.0f} {self.unit}"


def _measure(name: str) -> Callable[[Catalog, Entry], float | None]:
    """Return what reads a measure of the catalog."""

    def value(catalog: Catalog, entry: Entry) -> float | None:
        measure = catalog.measured.get(name)
        found = measure.values.get(entry.id) if measure else None
        return found.value if found else None

    return value


def _downloads(catalog: Catalog, entry: Entry) -> float | None:
    """Return the downloads by the measure; where it has none of the kind, those that were counted of the package."""
    measure, counted = catalog.measured.get("downloads-per-month"), entry.popularity
    if measure and any(catalog.entries[name].kind == entry.kind for name in measure.values):
        return _measure("downloads-per-month")(catalog, entry)
    return counted.downloads.value if counted and counted.downloads else None


def _start(_: Catalog, entry: Entry) -> float | None:
    return entry.footprint.first_response.median if entry.footprint else None


def _memory(_: Catalog, entry: Entry) -> float | None:
    return entry.footprint.idle_pss.median if entry.footprint else None


def _size(_: Catalog, entry: Entry) -> float | None:
    return entry.footprint.installed_bytes / MEBIBYTE if entry.footprint else None


FIGURES: Mapping[str, Figure] = {
    "start": Figure(name="Start to the first response", unit="ms", of=_start),
    "memory": Figure(name="Memory at rest", unit="MiB", of=_memory),
    "size": Figure(name="Installed size", unit="MiB", of=_size),
    "books-names": Figure(name="Names to know", unit="names", of=_measure("books-names"), page="code/"),
    "books-lines": Figure(name="Lines to write", unit="lines", of=_measure("books-lines"), page="code/"),
    "downloads": Figure(name="Downloads", unit="a month", of=_downloads, less_is_better=False, page=HEALTH),
}
"""The figures by the name that use cases give them."""


def figure_of(catalog: Catalog, entry: Entry, name: str) -> float | None:
    """Return an entry's figure, or None where it is not measured."""
    return FIGURES[name].of(catalog, entry)


def credit_of_figure(catalog: Catalog, entry: Entry, name: str) -> float | None:
    """Return what a figure counts for: 1 for the best of the kind, 0 for the worst; None where it is not measured.

    The scale is logarithmic: twice as much costs the same wherever it happens.
    """
    own = figure_of(catalog, entry, name)
    if own is None:
        return None
    every = (figure_of(catalog, other, name) for other in catalog.of_kind(entry.kind))
    known = [value for value in every if value is not None]
    lowest, highest = min(known), max(known)
    if lowest == highest:
        return 1.0
    position = log(max(own, 1e-9) / max(lowest, 1e-9)) / log(highest / max(lowest, 1e-9))
    return 1 - position if FIGURES[name].less_is_better else position
