"""The score of an entry in a use case: 100 × weight earned ÷ weight asked, with every summand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Literal

from macros.catalog.addition import added
from macros.catalog.constants import TOP
from macros.catalog.facts import Fact
from macros.catalog.figures import FIGURES, credit_of_figure, figure_of
from macros.catalog.model import Catalog, Entry
from macros.catalog.ratings import credit_of, score
from macros.schema.guide import Need, UseCase

Sort = Literal["fact", "rating", "figure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One weight in a score: a criterion with its fact, a rating or a figure; what it could bring, what it brought."""

    id: str
    name: str
    anchor: str
    fact: Fact | None = None
    sort: Sort = "fact"
    text: str = ""
    """The rating or the figure in words."""
    asked: float
    """The weight that the use case gives it."""
    credit: float | None
    """The share of it that is earned, from 0 to 1; None where nothing is recorded or measured."""
    scale: float = 0.0
    """Points for a weight of 1: 100 ÷ all weight that is asked."""

    @property
    def most(self) -> float:
        """Return the points that it could bring."""
        return self.asked * self.scale

    @property
    def points(self) -> float | None:
        """Return the points that it brought; None where nothing is recorded or measured."""
        return None if self.credit is None else self.asked * self.credit * self.scale

    @property
    def lost(self) -> float:
        """Return the points that it could have brought and did not."""
        return self.most - (self.points or 0.0)

    @property
    def measured(self) -> bool:
        """Return whether it comes from measurements and not from a fact."""
        return self.sort != "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedEntry:
    """An entry in a ranking: its place (ties share one), its score from `low` to `high` of 100, and the sum."""

    place: int
    entry: Entry
    low: float
    high: float
    counted: tuple[Contribution, ...]
    unproven: tuple[Need, ...] = ()
    grouped: tuple[RankedEntry, ...] = ()
    """Entries that owe most of their points to this one and are listed under it."""
    first: float | None = None
    """The share of draws in which no other entry is before it; None if it was not compared."""
    top: float | None = None
    """The share of draws in which fewer than three others are before it."""
    beaten: float | None = None
    """The share of draws in which the entry with the highest score is before it; None for that entry."""

    @property
    def points(self) -> str:
        """Return the points as text: `82`, or `60–100` where something is not recorded."""
        return f"{self.low:.0f}–{self.high:.0f}" if self.high > self.low else f"{self.low:.0f}"

    @property
    def strongest(self) -> tuple[Contribution, ...]:
        """Return the weights that brought most, most first."""
        brought = [item for item in self.counted if item.points]
        return tuple(sorted(brought, key=lambda item: (-(item.points or 0), item.id))[:3])

    @property
    def weakest(self) -> tuple[Contribution, ...]:
        """Return the weights that cost most, most first."""
        lost = [item for item in self.counted if item.points is not None and item.lost > 1e-9]
        return tuple(sorted(lost, key=lambda item: (-item.lost, item.id))[:3])

    @property
    def inherited_share(self) -> float:
        """Return the share of the points that inherited facts brought, from 0 to 1."""
        inherited = added(item.points or 0.0 for item in self.counted if item.fact and item.fact.inherited_from)
        return inherited / self.low if self.low else 0.0

    @property
    def credits(self) -> Mapping[str, float | None]:
        """Return what each weight earned, from 0 to 1, by the id of the weight."""
        return {item.id: item.credit for item in self.counted}


def score_of(catalog: Catalog, entry: Entry, case: UseCase) -> RankedEntry:
    """Return the score of an entry; what is not recorded or measured counts 0 in `low` and all in `high`."""
    raw = [
        *_facts_counted(catalog, entry, case),
        *_ratings_counted(catalog, entry, case),
        *_figures_counted(catalog, entry, case),
    ]
    scale = 100 / (added(item.asked for item in raw) or 1.0)
    counted = tuple(replace(item, scale=scale) for item in raw)
    low = added(item.points or 0.0 for item in counted)
    unknown = added(item.most for item in counted if item.points is None)
    unproven = tuple(need for need in case.needs if need.criterion not in entry.facts)
    return RankedEntry(
        place=0,
        entry=entry,
        low=round(low, 1),
        high=round(low + unknown, 1),
        counted=counted,
        unproven=unproven,
    )


def _facts_counted(catalog: Catalog, entry: Entry, case: UseCase) -> Iterator[Contribution]:
    criteria = catalog.kinds[entry.kind].criteria
    for name, weight in case.weights.items():
        fact = entry.facts.get(name)
        credit = credit_of(fact, weight.credit) if fact else None
        if name not in entry.asked or (fact and credit is None):
            continue
        yield Contribution(
            id=name, name=criteria[name].name, anchor=name, fact=fact, asked=weight.weight, credit=credit
        )


def _ratings_counted(catalog: Catalog, entry: Entry, case: UseCase) -> Iterator[Contribution]:
    for name, weight in case.ratings.items():
        value = score(catalog, entry, name).value
        yield Contribution(
            id=name,
            name=intern(f"rating: {catalog.ratings[name].name}"),  # the same few texts recur thousands of times
            anchor=intern(f"rating-{name}"),
            sort="rating",
            text="" if value is None else intern(f"{value:.1f} of {TOP:g}"),
            asked=weight.weight,
            credit=None if value is None else value / TOP,
        )


def _figures_counted(catalog: Catalog, entry: Entry, case: UseCase) -> Iterator[Contribution]:
    for name, weight in case.measures.items():
        value = figure_of(catalog, entry, name)
        yield Contribution(
            id=name,
            name=FIGURES[name].name,
            anchor="health",
            sort="figure",
            text="" if value is None else FIGURES[name].text(value),
            asked=weight.weight,
            credit=credit_of_figure(catalog, entry, name),
        )
