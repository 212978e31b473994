"""What the lists of the entries of a kind need: what is asked first of each entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from macros import schema
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Entry, Kind
from macros.catalog.ratings import Score
from macros.views.common import named_score
from macros.views.lists import KindView
from macros.views.measure_specs import MEASURES
from macros.views.measures import has_page, measure_url
from macros.views.site import Site

TONES: Mapping[str, str] = {"active": "supported", "quiet": "external", "not measured": "muted"}
"""The colour of a maintenance status by meaning; every other one is a limit."""
ORDER = ("active", "quiet", "not measured", "dormant", "successor exists", "ended")
"""The statuses, the best first."""
ASKED_FIRST = "concurrency"
"""The criterion that a list shows where it is asked; otherwise the first whose values are neither good nor bad."""


def status_tone(word: str) -> str:
    """Return the colour of a maintenance status by meaning."""
    return TONES.get(word, "limited")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """An entry in the list of its kind."""

    entry: Entry
    fact: Fact | None
    score: Score | None

    @property
    def language(self) -> str:
        """Return the language that it is written in."""
        return self.entry.record.language or "–"

    @property
    def status(self) -> str:
        """Return its status in a word."""
        return self.entry.status.word

    @property
    def tone(self) -> str:
        """Return the colour of its status."""
        return status_tone(self.status)

    @property
    def rank(self) -> int:
        """Return the place of its status among all, the worst first, so that the best sorts highest."""
        return -ORDER.index(self.status)

    @property
    def version(self) -> str:
        """Return its newest release; empty if none is known."""
        return self.entry.reading.latest.version if self.entry.reading else ""

    @property
    def released(self) -> date | None:
        """Return the day of its newest release."""
        return self.entry.reading.latest.released if self.entry.reading else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLink:
    """A measure of a kind, as a link."""

    question: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTable(KindView):
    """A kind with a row for each entry: its status, its release, one choice and one rating."""

    rows: tuple[KindRow, ...]
    criterion: Criterion | None
    rating: schema.Rating | None
    rating_id: str = ""
    measures: tuple[MeasureLink, ...] = ()

    @property
    def languages(self) -> int:
        """Return in how many languages its entries are written."""
        return len({row.language for row in self.rows})

    @property
    def is_long(self) -> bool:
        """Return whether it has so many rows that a filter helps."""
        return len(self.rows) > 6


def kind_table(site: Site, kind: Kind, cases: tuple[tuple[str, str], ...] = ()) -> KindTable:
    """Return the list of the entries of a kind."""
    entries = site.catalog.of_kind(kind.id)
    criterion = kind.criteria.get(ASKED_FIRST) or next(filter(_is_choice, kind.criteria.values()), None)
    rating = next((name for name in site.catalog.ratings if _is_known(site, name, entries)), "")
    return KindTable(
        kind=kind,
        entries=entries,
        cases=cases,
        criterion=criterion,
        rating=site.catalog.ratings.get(rating),
        rating_id=rating,
        measures=tuple(
            MeasureLink(question=spec.question, url=measure_url(kind.id, spec.id))
            for spec in MEASURES.values()
            if has_page(site.catalog, kind, spec)
        ),
        rows=tuple(
            KindRow(
                entry=entry,
                fact=entry.facts.get(criterion.id) if criterion else None,
                score=named_score(site, entry, rating) if rating else None,
            )
            for entry in entries
        ),
    )


def kind_tables(site: Site) -> tuple[KindTable, ...]:
    """Return the list of every kind that has entries."""
    return tuple(kind_table(site, kind) for kind in site.catalog.kinds.values() if site.catalog.of_kind(kind.id))


def _is_choice(criterion: Criterion) -> bool:
    """Return whether none of its values is better than another."""
    return bool(criterion.values) and all(value.tone == "neutral" for value in criterion.values.values())


def _is_known(site: Site, rating: str, entries: tuple[Entry, ...]) -> bool:
    """Return whether every one of the entries has the rating."""
    if not entries or site.catalog.ratings[rating].kind != entries[0].kind:
        return False
    return all(named_score(site, entry, rating).value is not None for entry in entries)
