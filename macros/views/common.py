"""What several pages need: criteria with the facts of the entries shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from macros import schema
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Entry, Kind
from macros.catalog.ratings import Score
from macros.views.site import Site


class Question(NamedTuple):
    """A criterion and how each entry shown answers it: a fact, or None; `asked` says whether it was asked at all."""

    criterion: Criterion
    facts: tuple[Fact | None, ...]
    asked: tuple[bool, ...]

    def answers(self, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, Fact | None, str]]:
        """Yield each entry with its fact, or with the words that stand for a missing one."""
        for entry, fact, asked in zip(entries, self.facts, self.asked, strict=True):
            yield entry, fact, "not recorded" if asked else "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions or ratings under one heading."""

    id: str
    name: str
    note: str | None = None
    questions: tuple[Question, ...] = ()
    scores: tuple[tuple[schema.Rating, str, tuple[Score, ...]], ...] = ()


def questions(kind: Kind, entries: tuple[Entry, ...], names: tuple[str, ...]) -> tuple[Question, ...]:
    """Return the named criteria with the facts of the entries, those asked of none of them left out."""
    found = (
        Question(
            criterion=kind.criteria[name],
            facts=tuple(entry.facts.get(name) for entry in entries),
            asked=tuple(name in entry.asked for entry in entries),
        )
        for name in names
    )
    return tuple(question for question in found if any(question.asked))


def named_score(site: Site, entry: Entry, rating: str) -> Score:
    """Return the entry's score in the named rating."""
    return next(score for score in site.scores[entry.id] if score.id == rating)
