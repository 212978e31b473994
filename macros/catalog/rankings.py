"""Rankings for use cases: needs exclude, weights rank, and what is not recorded widens a score into a range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from macros.catalog.constants import CLOSE_POINTS, GROUPED_SHARE, KNOWN_SHARE, TOP
from macros.catalog.model import Catalog, Edge, Entry, Fact
from macros.catalog.ratings import credit_of, score
from macros.schema.guide import Need, Said, UseCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One weight in a score: a criterion with its fact, or a rating; what it could bring and what it brought."""

    id: str
    name: str
    anchor: str
    fact: Fact | None
    most: float
    points: float | None

    @property
    def lost(self) -> float:
        """Return the points that it could have brought and did not."""
        return self.most - (self.points or 0.0)

    @property
    def measured(self) -> bool:
        """Return whether it comes from measurements and not from a fact."""
        return self.anchor.startswith("rating-")


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
        inherited = sum(item.points or 0.0 for item in self.counted if item.fact and item.fact.inherited_from)
        return inherited / self.low if self.low else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """An entry that a use case rules out, with the facts that do so."""

    entry: Entry
    reasons: tuple[tuple[Need, Fact], ...]
    wrong_language: bool = False
    superseded_by: Edge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An article's recommendation and where our ranking puts each entry that it names."""

    said: Said
    agreed: tuple[RankedEntry, ...]
    behind: tuple[RankedEntry, ...]
    excluded: tuple[Excluded, ...]
    elsewhere: tuple[Entry, ...]

    @property
    def tone(self) -> str:
        """Return the word without spaces, as style sheets use it."""
        return self.word.replace(" ", "-")

    @property
    def word(self) -> str:
        """Return agree, agree in part, disagree or no verdict: what the placing of the entries named amounts to."""
        against = len(self.behind) + len(self.excluded)
        if not self.agreed and not against:
            return "no verdict"
        if not against:
            return "agree"
        return "agree in part" if self.agreed else "disagree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A use case decided: who is placed where, who is excluded, and what the articles said."""

    id: str
    case: UseCase
    placed: tuple[RankedEntry, ...]
    excluded: tuple[Excluded, ...]
    verdicts: tuple[Verdict, ...]
    known: float
    """The share of the weights that is known, for whichever entry is known best; below KNOWN nothing is placed."""


def rank(catalog: Catalog, case_id: str) -> Ranking:
    """Return the ranking of a use case over the entries of its kind."""
    case = catalog.use_cases[case_id]
    excluded: list[Excluded] = []
    scored: list[RankedEntry] = []
    for entry in catalog.of_kind(case.kind):
        out = _exclusion(entry, case)
        if out:
            excluded.append(out)
        else:
            scored.append(_score(catalog, entry, case))
    known = max((1 - (item.high - item.low) / 100 for item in scored), default=1.0)
    placed = _places(_grouped(scored)) if known >= KNOWN_SHARE else ()
    verdicts = tuple(_verdict(catalog, case, said, placed, excluded) for said in case.said)
    return Ranking(id=case_id, case=case, placed=placed, excluded=tuple(excluded), verdicts=verdicts, known=known)


def _exclusion(entry: Entry, case: UseCase) -> Excluded | None:
    wrong_language = case.language not in (None, entry.record.language)
    reasons = tuple((need, entry.facts[need.criterion]) for need in case.needs if _fails(entry, need))
    goes_on = next(iter(entry.ways_on), None)
    if not (wrong_language or reasons or goes_on):
        return None
    return Excluded(entry=entry, reasons=reasons, wrong_language=wrong_language, superseded_by=goes_on)


def _fails(entry: Entry, need: Need) -> bool:
    fact = entry.facts.get(need.criterion)
    return fact is not None and fact.value not in need.values


def _score(catalog: Catalog, entry: Entry, case: UseCase) -> RankedEntry:
    """100 × weight earned ÷ weight asked; what is not recorded or measured counts 0 in `low` and all in `high`."""
    raw = [*_facts_counted(catalog, entry, case), *_ratings_counted(catalog, entry, case)]
    scale = 100 / (sum(item.most for item in raw) or 1.0)
    counted = tuple(
        replace(item, most=item.most * scale, points=None if item.points is None else item.points * scale)
        for item in raw
    )
    low = sum(item.points or 0.0 for item in counted)
    unknown = sum(item.most for item in counted if item.points is None)
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
        points = None if credit is None else weight.weight * credit
        yield Contribution(id=name, name=criteria[name].name, anchor=name, fact=fact, most=weight.weight, points=points)


def _ratings_counted(catalog: Catalog, entry: Entry, case: UseCase) -> Iterator[Contribution]:
    for name, weight in case.ratings.items():
        value = score(catalog, entry, name).value
        points = None if value is None else weight * value / TOP
        yield Contribution(
            id=name,
            name=f"rating: {catalog.ratings[name].name}",
            anchor=f"rating-{name}",
            fact=None,
            most=weight,
            points=points,
        )


def _grouped(scored: list[RankedEntry]) -> list[RankedEntry]:
    """Put entries that owe most of their points to another one of the ranking under the topmost of these.

    There are no circles: each owes more than half of its points to what the next one states itself.
    """
    homes = {item.entry.id: home for item in scored if (home := _origin(item, scored))}

    def top(entry: str) -> str:
        path = [entry]
        while path[-1] in homes and homes[path[-1]] not in path:
            path.append(homes[path[-1]])
        return path[-1]

    grouped: dict[str, list[RankedEntry]] = {}
    for item in scored:
        if item.entry.id in homes:
            grouped.setdefault(top(item.entry.id), []).append(item)
    alone = [item for item in scored if item.entry.id not in homes]
    return [replace(item, grouped=tuple(grouped.get(item.entry.id, ()))) for item in alone]


def _origin(item: RankedEntry, scored: list[RankedEntry]) -> str | None:
    """Return the entry of the ranking to which this one owes most of its points, or None."""
    taken = item.entry.record.inherits
    ranked = taken and any(other.entry.id == taken.origin for other in scored)
    return taken.origin if taken and ranked and item.inherited_share > GROUPED_SHARE else None


def _places(scored: list[RankedEntry]) -> tuple[RankedEntry, ...]:
    """By what is proven (low), then by what is possible (high); equal scores share a place."""
    ordered = sorted(scored, key=lambda p: (-p.low, -p.high, p.entry.name.lower()))
    placed: list[RankedEntry] = []
    for index, item in enumerate(ordered, start=1):
        tied = placed and (placed[-1].low, placed[-1].high) == (item.low, item.high)
        place = placed[-1].place if tied else index
        placed.append(replace(item, place=place, grouped=tuple(replace(other, place=place) for other in item.grouped)))
    return tuple(placed)


def _verdict(
    catalog: Catalog, case: UseCase, said: Said, placed: tuple[RankedEntry, ...], excluded: list[Excluded]
) -> Verdict:
    named = [catalog.entries[name] for name in said.recommends]
    by_id = {item.entry.id: item for home in placed for item in (home, *home.grouped)}
    out = {item.entry.id: item for item in excluded}
    ranked = [by_id[entry.id] for entry in named if entry.id in by_id]
    return Verdict(
        said=said,
        agreed=tuple(item for item in ranked if placed[0].low - item.low <= CLOSE_POINTS),
        behind=tuple(item for item in ranked if placed[0].low - item.low > CLOSE_POINTS),
        excluded=tuple(out[entry.id] for entry in named if entry.id in out) if placed else (),
        elsewhere=tuple(entry for entry in named if entry.kind != case.kind),
    )
