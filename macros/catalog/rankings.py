"""Rankings for use cases: needs exclude, weights rank, what is not recorded widens a score into a range.

Entries that cannot be told from the first one share its place, and what nobody should build on for years stands below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from macros.cache.digests import of_files, of_releases, of_text
from macros.cache.store import NOTHING, Store
from macros.catalog.constants import CLEAR_SHARE, GROUPED_SHARE, KNOWN_SHARE
from macros.catalog.facts import Fact
from macros.catalog.model import Catalog, Edge, Entry
from macros.catalog.scoring import RankedEntry, score_of
from macros.catalog.sensitivity import NO_CHANGES, Changes, changes
from macros.catalog.verdicts import Verdict, WitnessVerdict, placing, verdict, witnesses
from macros.catalog.viability import Doubt, doubts
from macros.schema.guide import Need, UseCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """An entry that a use case rules out, with the facts that do so."""

    entry: Entry
    reasons: tuple[tuple[Need, Fact], ...]
    wrong_language: bool = False
    superseded_by: Edge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """An entry that fits and has no place: what speaks against building on it for years."""

    scored: RankedEntry
    doubts: tuple[Doubt, ...]

    @property
    def entry(self) -> Entry:
        """Return the entry."""
        return self.scored.entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A use case decided: who is placed where, who is excluded, and what articles and witnesses said."""

    id: str
    case: UseCase
    placed: tuple[RankedEntry, ...]
    excluded: tuple[Excluded, ...]
    doubtful: tuple[Doubtful, ...]
    verdicts: tuple[Verdict, ...]
    witnesses: tuple[WitnessVerdict, ...]
    changes: Changes
    known: float
    """The share of the weights that is known, for whichever entry is known best; below KNOWN nothing is placed."""

    @property
    def band(self) -> tuple[RankedEntry, ...]:
        """Return the entries that share the first place: nothing tells them apart."""
        return tuple(item for item in self.placed if item.place == 1)


def rank(catalog: Catalog, case_id: str, store: Store = NOTHING) -> Ranking:
    """Return the ranking of a use case over the entries of its kind."""
    case = catalog.use_cases[case_id]
    fitting, excluded = _parted(catalog, case)
    scored = [score_of(catalog, entry, case) for entry in fitting]
    known = max((1 - (item.high - item.low) / 100 for item in scored), default=1.0)
    doubtful = _doubtful(catalog, case, scored) if known >= KNOWN_SHARE else ()
    below = {item.entry.id for item in doubtful}
    homes = _grouped([item for item in scored if item.entry.id not in below])
    ordered = sorted(homes, key=lambda item: (-item.low, -item.high, item.entry.name.lower()))
    placed = _places(_shared(case, ordered, store)) if ordered and known >= KNOWN_SHARE else ()
    outside = [*(item.entry for item in excluded), *(item.entry for item in doubtful)]
    stands = placing(case.kind, placed, outside)
    return Ranking(
        id=case_id,
        case=case,
        placed=placed,
        excluded=excluded,
        doubtful=doubtful,
        verdicts=tuple(verdict(catalog, case, said, stands) for said in case.said),
        witnesses=witnesses(catalog, case_id, stands),
        changes=changes(catalog, case, ordered) if placed else NO_CHANGES,
        known=known,
    )


def _parted(catalog: Catalog, case: UseCase) -> tuple[list[Entry], tuple[Excluded, ...]]:
    """Return the entries that may be ranked, and those that may not."""
    found = [(entry, _exclusion(entry, case)) for entry in catalog.of_kind(case.kind)]
    return [entry for entry, out in found if not out], tuple(out for _, out in found if out)


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


def _doubtful(catalog: Catalog, case: UseCase, scored: Sequence[RankedEntry]) -> tuple[Doubtful, ...]:
    """Return the entries that nobody should build on for years, best first; none where the case does not last."""
    if not case.lasting:
        return ()
    found = (Doubtful(scored=item, doubts=doubts(catalog, item.entry)) for item in scored)
    return tuple(sorted((item for item in found if item.doubts), key=lambda item: (-item.scored.low, item.entry.id)))


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


def _shared(case: UseCase, ordered: Sequence[RankedEntry], store: Store) -> list[RankedEntry]:
    """Add to each entry how often it is first, in the first three, and behind the one with the highest score.

    The draws are kept under the digest of everything that they depend on.
    """
    weights = {name: weight.weight for name, weight in case.weights.items()}
    for group in (case.ratings, case.measures):
        weights |= {name: weight.weight for name, weight in group.items()}
    entries = {item.entry.id: dict(item.credits) for item in ordered}
    leader = ordered[0].entry.id
    asked = of_text(repr(sorted(weights.items())), repr(sorted(entries.items())), leader)

    def draw() -> Mapping[str, tuple[float, float, float]]:
        from macros.catalog.acceptability import shares  # noqa: PLC0415 - NumPy is not read where nothing is drawn

        return shares(weights, entries, leader)

    found = store.json(f"shares {_drawn_with()} {asked}", draw)
    return [
        replace(item, first=first, top=top, beaten=None if item.entry.id == leader else beaten)
        for item in ordered
        for first, top, beaten in (found[item.entry.id],)
    ]


@cache
def _drawn_with() -> str:
    """Return the digest of what a draw depends on besides its numbers: the code, its constants, NumPy."""
    folder = Path(__file__).parent
    return of_text(of_files([folder / "acceptability.py", folder / "constants.py"]), of_releases(["numpy"]))


def _places(ordered: Sequence[RankedEntry]) -> tuple[RankedEntry, ...]:
    """Return the entries with their places: the first band, then the others by score; equal scores share a place."""
    band = [item for item in ordered if item.beaten is None or item.beaten < CLEAR_SHARE]
    rest = [item for item in ordered if item.beaten is not None and item.beaten >= CLEAR_SHARE]
    placed = [_at(1, item) for item in band]
    for index, item in enumerate(rest, start=len(band) + 1):
        last = placed[-1]
        tied = index > len(band) + 1 and (last.low, last.high) == (item.low, item.high)
        placed.append(_at(last.place if tied else index, item))
    return tuple(placed)


def _at(place: int, item: RankedEntry) -> RankedEntry:
    return replace(item, place=place, grouped=tuple(replace(other, place=place) for other in item.grouped))
