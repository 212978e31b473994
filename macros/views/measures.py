"""What the page of a measure needs: the entries of a kind by a figure, the best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.catalog.model import Catalog, Entry, Kind
from macros.schema.routes import API, CRITERIA, of_measure
from macros.views.measure_specs import MEASURES, MeasureSpec, Reading
from macros.views.plot import Strip, strip
from macros.views.text import long_date

NAMED = 4
"""How many entries the answer to a measure names."""
FEWEST = 2
"""Entries of a kind that must be measured before the measure has a page."""
BAR = 5.0
"""The length of the longest bar, in the unit of bars."""


@dataclass(frozen=True, slots=True)
class MeasuredEntry:
    """An entry with its figure, as text and as a bar from 0 to 5."""

    entry: Entry
    reading: Reading
    text: str
    bar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure over the entries of a kind, the best first."""

    id: str
    name: str
    question: str
    how: str
    ends: tuple[str, str]
    """The words for its best end and for the other."""
    kind: Kind
    rows: tuple[MeasuredEntry, ...]
    unmeasured: tuple[Entry, ...]
    strip: Strip[Entry]
    others: tuple[tuple[str, str], ...]
    """The other measures of the kind: their names and the addresses of their pages."""

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return measure_url(self.kind.id, self.id)

    @property
    def as_csv(self) -> str:
        """Return the address of it as a table for programs, from the root of the site."""
        return f"{API}{of_measure(self.kind.id, self.id)}"

    @property
    def sentence(self) -> str:
        """Return the answer in words: the best, and the other end."""
        named = ", ".join(f"{row.entry.named} {row.text}" for row in self.rows[:NAMED])
        last = self.rows[-1]
        best, worst = self.ends
        other = f" {worst}: {last.entry.named} {last.text}." if len(self.rows) > NAMED else ""
        return f"{best}: {named}; {len(self.rows)} measured.{other}"

    @property
    def days(self) -> str:
        """Return the day of the readings, or the first and the last."""
        first, last = (pick(row.reading.day for row in self.rows) for pick in (min, max))
        return long_date(first) if first == last else f"{long_date(first)} to {long_date(last)}"

    @property
    def told_of(self) -> str:
        """Return what all figures were read of if that is the same; otherwise each row says it."""
        found = {row.reading.of for row in self.rows}
        return found.pop() if len(found) == 1 else ""

    @property
    def of_various(self) -> bool:
        """Return whether the figures were read of different things, so that each row says of what."""
        return len({row.reading.of for row in self.rows}) > 1

    @property
    def source(self) -> str:
        """Return the page of all figures if it is one; otherwise each row has its own."""
        found = {row.reading.source for row in self.rows}
        return found.pop() if len(found) == 1 else ""

    @property
    def machines(self) -> tuple[str, ...]:
        """Return the machines that it was measured on, each once."""
        return tuple(dict.fromkeys(row.reading.machine for row in self.rows if row.reading.machine))

    @property
    def command(self) -> str:
        """Return the command that repeats the reading of the first entry, without its name; empty if there is none."""
        first = self.rows[0]
        return first.reading.command.removesuffix(first.entry.id).strip()


def measure_url(kind: str, measure: str) -> str:
    """Return the address of the page of a measure, from the root of the site."""
    return f"{kind}/{CRITERIA}/{measure}/"


def measure_view(catalog: Catalog, kind: Kind, spec: MeasureSpec) -> MeasureView | None:
    """Return a measure over the entries of a kind, or None if too few of them are measured."""
    found = readings_of(catalog, kind, spec)
    if len(found) < FEWEST:
        return None
    most = max(reading.value for _, reading in found) or 1.0
    return MeasureView(
        id=spec.id,
        name=spec.name,
        question=spec.question,
        how=spec.how,
        ends=spec.ends,
        kind=kind,
        rows=tuple(
            MeasuredEntry(entry, reading, spec.write(reading.value), round(BAR * reading.value / most, 2))
            for entry, reading in found
        ),
        unmeasured=tuple(entry for entry in catalog.of_kind(kind.id) if spec.read(catalog, entry) is None),
        strip=strip([(entry, reading.value) for entry, reading in found], spec.write, log=spec.log),
        others=tuple(
            (other.name, measure_url(kind.id, other.id))
            for other in MEASURES.values()
            if other is not spec and has_page(catalog, kind, other)
        ),
    )


def has_page(catalog: Catalog, kind: Kind, spec: MeasureSpec) -> bool:
    """Return whether enough entries of a kind are measured for a page."""
    return len(readings_of(catalog, kind, spec)) >= FEWEST


def readings_of(catalog: Catalog, kind: Kind, spec: MeasureSpec) -> list[tuple[Entry, Reading]]:
    """Return the entries of a kind that are measured, the best first, then by name."""
    found = [(entry, one) for entry in catalog.of_kind(kind.id) if (one := spec.read(catalog, entry))]
    return sorted(found, key=lambda item: (item[1].value if spec.less else -item[1].value, item[0].name.lower()))


def measure_views(catalog: Catalog) -> Mapping[tuple[str, str], MeasureView]:
    """Return every measure that has a page, by kind and id."""
    found = (measure_view(catalog, kind, spec) for kind in catalog.kinds.values() for spec in MEASURES.values())
    return {(view.kind.id, view.id): view for view in found if view}
