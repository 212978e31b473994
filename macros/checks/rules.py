"""What rules look at and how they are listed; the rules themselves are in the modules next to this one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros import schema
from macros.catalog.projects import Projects
from macros.catalog.sources import Loaded, Sources
from macros.reading.documents import Location, Problem, nearest, quoted, suggestion
from macros.schema.words import CRITERIA


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule may look at: the files, and the day that counts as today.

    Records are given as far as they can be read. What a rule finds at a place whose form is already refused is
    dropped; where it compares several places, it asks whether they could be read.
    """

    sources: Sources
    today: date

    @property
    def entry_ids(self) -> dict[str, Loaded[schema.Entry]]:
        """Entries by id, those with mistakes included, so that a mistake is reported once."""
        return {entry.id: entry for entry in self.sources.entries}

    @property
    def projects(self) -> Projects:
        """Return whose pages the records cite, as far as these can be read."""
        records = {loaded.id: record for loaded, record in self.entries()}
        return Projects(records, self.sources.readings)

    def collection(self, name: str) -> Iterator[tuple[Loaded[Any], Any]]:
        """Yield the files of a collection with their records as far as these can be read."""
        for loaded in self.sources.collections[name].values():
            if loaded.readable:
                yield loaded, loaded.readable

    def entries(self) -> Iterator[tuple[Loaded[schema.Entry], schema.Entry]]:
        """Yield the entries with their records as far as these can be read."""
        for loaded in self.sources.entries:
            if loaded.readable:
                yield loaded, loaded.readable

    def ratings(self, kind: str) -> list[str]:
        """Return the ratings of a kind, those whose file cannot be read included."""
        found = self.sources.collections["ratings"].values()
        return [item.id for item in found if item.readable is None or item.readable.kind == kind]

    def knows(self, kind: str) -> bool:
        """Return whether every criterion of a kind could be read, so that one may say that another does not exist."""
        shared, own = self.sources.shared, self.sources.kinds.get(kind)
        return bool(shared and shared.record and own and own.record)

    def answered(self, loaded: Loaded[schema.Entry]) -> set[str] | None:
        """Return the criteria that a record answers, inherited ones and those meant by a misspelt name included.

        Return None if some of its facts cannot be read.
        """
        record = loaded.readable
        if record is None or any(_holds_facts(place) for place in loaded.refused):
            return None
        criteria = self.sources.criteria(loaded.folder)
        stated = {name for _, name, _ in facts_of(record)}
        meant = {meant_criterion(name, criteria) for name in stated if name not in criteria}
        inherited = set(record.inherits.facts) if record.inherits else set()
        return stated | inherited | {name for name in meant if name}


def _holds_facts(where: Location) -> bool:
    """Return whether facts are lost where this place of an entry cannot be read."""
    if where[0] == "evidence":
        return len(where) < 3 or where[2:] == ("facts",)
    return where in (("inherits",), ("inherits", "facts"))


Rule = Callable[[Scope], Iterator[Problem]]


RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Add the function to the rules."""
    RULES.append(function)
    return function


def listed(choices: Iterable[str]) -> str:
    """Return the choices in one line."""
    return ", ".join(choices)


def facts_of(record: schema.Entry) -> Iterator[tuple[Location, str, schema.Fact]]:
    """Yield every fact that a record states itself, with its place and its criterion."""
    for index, evidence in enumerate(record.evidence):
        for criterion, fact in evidence.facts.items():
            yield ("evidence", index, "facts", criterion), criterion, fact


def meant_criterion(name: str, criteria: Collection[str]) -> str | None:
    """Return the criterion that a name probably means, or None."""
    other = CRITERIA.get(name.lower())
    return other if other and other in criteria else nearest(name, criteria)


def known(loaded: Loaded[Any], where: Location, name: str, choices: Iterable[str], what: str) -> Iterator[Problem]:
    """Yield a problem if the name is none of the choices; `what` says what they are."""
    choices = list(choices)
    if name not in choices:
        yield loaded.problem(where, f"{quoted(name)} is not {what}.{suggestion(name, choices)}")
