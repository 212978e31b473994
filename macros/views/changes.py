"""What changed in what the records say, in words, by day and entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from macros import schema
from macros.catalog.facts import Criterion
from macros.catalog.model import Catalog
from macros.schema.changes import EntryChanges
from macros.views.text import plural


class Said(NamedTuple):
    """How a criterion and its values are called."""

    name: str
    labels: Mapping[str, str]


Names = Mapping[tuple[str, str], Said]
"""How criteria are called, by kind and id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One change in words: what it is about, and what that was and is; only `what` where one word says all."""

    what: str
    was: str = ""
    now: str = ""
    note: str = ""
    criterion: str = ""
    """The criterion that it is about."""

    @property
    def text(self) -> str:
        """Return it as a sentence without a full stop: `Async handlers: partial → built in`."""
        ends = f": {self.was or 'none'} → {self.now or 'none'}" if self.was or self.now else ""
        return f"{self.what}{ends}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOfDay:
    """What changed about an entry on a day."""

    id: str
    kind: str
    name: str
    day: date
    lines: tuple[Line, ...]
    is_new: bool = False
    is_gone: bool = False
    exists: bool = True
    """Whether it has a page today."""
    told: str = ""
    """Its status of today, where that is told with its name."""
    asked: frozenset[str] = frozenset()
    """The criteria that its page has a row for."""

    @property
    def url(self) -> str:
        """Return the address of its page; empty where it has none."""
        return f"{self.kind}/{self.id}/" if self.exists else ""

    @property
    def named(self) -> str:
        """Return its name, with the status that is told."""
        return f"{self.name} ({self.told})" if self.told else self.name

    @property
    def title(self) -> str:
        """Return what changed in a line: the change itself where there is one alone, else how many there are."""
        return f"{self.named}: {self.lines[0].text if len(self.lines) == 1 else plural(self.lines, 'change')}"

    def place(self, line: Line) -> str:
        """Return the address of what a line is about; empty where no page has it."""
        return f"{self.url}#{line.criterion}" if line.criterion in self.asked else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """What changed on a day."""

    day: date
    entries: tuple[EntryOfDay, ...]

    @property
    def added(self) -> tuple[EntryOfDay, ...]:
        """Return the entries that are new."""
        return tuple(entry for entry in self.entries if entry.is_new)

    @property
    def gone(self) -> tuple[EntryOfDay, ...]:
        """Return the entries that were removed."""
        return tuple(entry for entry in self.entries if entry.is_gone)

    @property
    def changed(self) -> tuple[EntryOfDay, ...]:
        """Return the entries that were there before and still are."""
        return tuple(entry for entry in self.entries if not (entry.is_new or entry.is_gone))

    @property
    def facts(self) -> int:
        """Return how many facts changed their value."""
        return sum(1 for entry in self.entries for line in entry.lines if line.criterion)


def lines_of(changes: EntryChanges, names: Names) -> Iterator[Line]:
    """Yield what changed about an entry, in words: the record itself, status, releases, then facts."""
    if changes.record == "added":
        yield Line(what=f"new entry with {plural(changes.answered, 'fact')}")
        return
    if changes.record == "removed":
        yield Line(what="the entry was removed")
        return
    for what, change in (("Status", changes.status), ("Newest release", changes.release)):
        if change:
            yield Line(what=what, was=change.was or "", now=change.now or "")
    for series, change in changes.support.items():
        yield Line(what=f"Support of {series}", was=change.was or "", now=change.now or "")
    for criterion, fact in changes.facts.items():
        said = names.get((changes.kind, criterion), Said(criterion.replace("-", " "), {}))
        ends = [said.labels.get(value, value) for value in (fact.was, fact.now)]
        note = f"read for {fact.version}" if fact.version else ""
        yield Line(what=said.name, was=ends[0], now=ends[1], note=note, criterion=criterion)
    if changes.answered:
        yield Line(what=f"{plural(changes.answered, 'fact')} more")
    if changes.dropped:
        yield Line(what=f"{plural(changes.dropped, 'fact')} fewer")


def names_of(criteria: Mapping[str, Mapping[str, Criterion]]) -> dict[tuple[str, str], Said]:
    """Return how the criteria of each kind are called."""
    return {
        (kind, criterion.id): Said(criterion.name, {name: value.label for name, value in criterion.values.items()})
        for kind, own in criteria.items()
        for criterion in own.values()
    }


def change_days(catalog: Catalog) -> tuple[DayView, ...]:
    """Return what changed, the newest day first; entries by kind and name."""
    names = names_of({kind.id: kind.criteria for kind in catalog.kinds.values()})
    return tuple(
        DayView(day=date.fromisoformat(day), entries=tuple(_entries(catalog, names, date.fromisoformat(day), record)))
        for day, record in sorted(catalog.changes.items(), reverse=True)
    )


def _entries(catalog: Catalog, names: Names, day: date, record: schema.DayOfChanges) -> Iterator[EntryOfDay]:
    kinds = list(catalog.kinds)

    def order(item: tuple[str, EntryChanges]) -> tuple[int, str]:
        kind = item[1].kind
        return (kinds.index(kind) if kind in kinds else len(kinds), item[1].name.lower())

    for entry, changes in sorted(record.entries.items(), key=order):
        today = catalog.entries.get(entry)
        yield EntryOfDay(
            id=entry,
            kind=today.kind if today else changes.kind,
            name=today.name if today else changes.name,
            day=day,
            lines=tuple(lines_of(changes, names)),
            is_new=changes.record == "added",
            is_gone=changes.record == "removed",
            exists=today is not None,
            told=today.told if today else "",
            asked=frozenset(today.asked) if today else frozenset(),
        )
