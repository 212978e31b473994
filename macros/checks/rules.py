"""What rules look at and how they are listed; the rules themselves are in entry_rules and collection_rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros import schema
from macros.catalog.sources import Loaded, Sources
from macros.reading.documents import Location, Problem, quoted, suggestion


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule may look at: the files, and the day that counts as today."""

    sources: Sources
    today: date

    @property
    def entry_ids(self) -> dict[str, Loaded[schema.Entry]]:
        """Entries by id, those whose form is wrong included, so that one mistake is told once."""
        return {entry.id: entry for entry in self.sources.entries}

    def collection(self, name: str) -> Iterator[tuple[Loaded[Any], Any]]:
        """Yield the files of a collection whose form is right, with their records."""
        for loaded in self.sources.collections[name].values():
            if loaded.record and self.asked(getattr(loaded.record, "kind", None)):
                yield loaded, loaded.record

    def ratings(self, kind: str) -> list[str]:
        """Return the ratings of a kind, those whose form is wrong included."""
        found = self.sources.collections["ratings"].values()
        return [item.id for item in found if item.record is None or item.record.kind == kind]

    def entries(self) -> Iterator[tuple[Loaded[schema.Entry], schema.Entry]]:
        """Yield the entries whose form is right, with their records."""
        for loaded in self.sources.entries:
            if loaded.record and self.asked(loaded.folder):
                yield loaded, loaded.record

    def asked(self, kind: str | None) -> bool:
        """Return whether it is known what a kind asks: a mistake in its file is told there, and not of every fact."""
        shared = [self.sources.scales, self.sources.shared]
        known = self.sources.kinds.get(kind) if kind else None
        return all(item and item.record for item in shared) and (known is None or known.record is not None)


Rule = Callable[[Scope], Iterator[Problem]]


RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Add the function to the rules."""
    RULES.append(function)
    return function


def listed(choices: Iterable[str]) -> str:
    """Return the choices in one line."""
    return ", ".join(choices)


def known(loaded: Loaded[Any], where: Location, name: str, choices: Iterable[str], what: str) -> Iterator[Problem]:
    """Yield a problem if the name is none of the choices; `what` says what they are."""
    choices = list(choices)
    if name not in choices:
        yield loaded.problem(where, f"{quoted(name)} is not {what}.{suggestion(name, choices)}")
