"""What is said of two entries for the commonest needs: which of them, with points, or why neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.catalog.constants import CLEAR_LEAD_POINTS, SHOWN_REASONS
from macros.catalog.model import Entry
from macros.catalog.rankings import Excluded, Ranking
from macros.catalog.scoring import RankedEntry
from macros.views.site import Site

LONGEST_DESCRIPTION = 220
"""Characters of the description of a page; search engines cut longer ones off."""
STATES = {"ended": "has ended", "dormant": "is dormant", "successor exists": "has a successor"}
"""What is said of an entry that is not advised, by its status."""
SHOWN_DIFFERENCES = 2
"""How many of the weights that make the difference are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Which of two entries a use case asks for; `choice` is None where their points tell no difference."""

    ranking: Ranking
    choice: Entry | None
    reason: str
    """In words: the points of both, or why the other one is out."""
    differences: tuple[tuple[str, str], ...] = ()
    """The weights that make most of the difference: the name of each, and its points with their sign."""

    @property
    def sentence(self) -> str:
        """Return it as plain text: `REST API: FastAPI, 82 against 74 points`."""
        chosen = f"{self.choice.name}, " if self.choice else ""
        return f"{self.ranking.case.name}: {chosen}{self.reason}"


def advices(site: Site, one: Entry, other: Entry) -> tuple[Advice, ...]:
    """Return the advice for the commonest use cases of two entries of a kind, the common ones in their order first.

    Nothing is advised where neither of them can be recommended.
    """
    if not (one.is_advised or other.is_advised):
        return ()
    own = (ranking for ranking in site.rankings.values() if ranking.case.kind == one.kind)
    ordered = sorted(own, key=lambda ranking: (ranking.case.common or 1000, ranking.case.name))
    found = (advice for ranking in ordered if (advice := _advice(site, ranking, one, other)))
    return tuple(advice for advice, _ in zip(found, range(SHOWN_REASONS), strict=False))


def _advice(site: Site, ranking: Ranking, one: Entry, other: Entry) -> Advice | None:
    """Return which of the two it is; None where neither is ranked, or where their languages decide."""
    if not ranking.placed or any(ranking.case.language not in (None, e.record.language) for e in (one, other)):
        return None
    first, second = (site.places[ranking.id].get(entry.id) for entry in (one, other))
    if first and second:
        return _by_points(ranking, first, second)
    placed, out = (first, other) if first else (second, one)
    if placed is None or not placed.entry.is_advised:
        return None
    return Advice(ranking=ranking, choice=placed.entry, reason=_why_out(ranking, out))


def _by_points(ranking: Ranking, first: RankedEntry, second: RankedEntry) -> Advice:
    best, rest = (second, first) if second.low > first.low else (first, second)
    if not best.entry.is_advised:
        best, rest = rest, best
    points = f"{best.points} against {rest.points} points"
    if best.place != rest.place and best.low - rest.high >= CLEAR_LEAD_POINTS:
        found = tuple(_differences(best, rest))
        return Advice(ranking=ranking, choice=best.entry, reason=points, differences=found)
    if rest.entry.told:
        reason = f"{points}; {rest.entry.name} {STATES[rest.entry.told]}"
        return Advice(ranking=ranking, choice=best.entry, reason=reason)
    named = f"{best.entry.name} {best.points}, {rest.entry.name} {rest.points} points"
    return Advice(ranking=ranking, choice=None, reason=f"no clear difference: {named}")


def _why_out(ranking: Ranking, out: Entry) -> str:
    """Return why an entry is not ranked, in words."""
    excluded: Excluded | None = next((item for item in ranking.excluded if item.entry.id == out.id), None)
    doubtful = next((item for item in ranking.doubtful if item.entry.id == out.id), None)
    if doubtful and not out.told:
        return f"{out.name} fits, but {'; '.join(doubt.text for doubt in doubtful.doubts)}"
    if excluded is None or not excluded.reasons:
        return f"{out.name} {STATES[out.told] if out.told else 'is ruled out'}"
    facts = "; ".join(f"{fact.criterion.name}: {fact.text}" for _, fact in excluded.reasons)
    return f"{out.name} is ruled out ({facts})"


def _differences(best: RankedEntry, rest: RankedEntry) -> Iterator[tuple[str, str]]:
    """Yield the weights on which the better one gains most."""
    theirs = {item.id: item.points or 0.0 for item in rest.counted}
    gains = [((item.points or 0.0) - theirs.get(item.id, 0.0), item.name) for item in best.counted]
    for gain, name in sorted(gains, key=lambda found: (-found[0], found[1]))[:SHOWN_DIFFERENCES]:
        if gain >= 1:
            yield name, f"+{gain:.0f}"


def pair_description(one: Entry, other: Entry, found: tuple[Advice, ...], otherwise: str) -> str:
    """Return the description of the page of a pair: what has ended, then the first advice, or else what is given."""
    told = [f"{entry.name} {STATES[entry.told]}." for entry in (one, other) if entry.told]
    clear = [f"{advice.sentence}." for advice in found if advice.choice]
    asked = text = f"{one.name} or {other.name}?"
    for sentence in (*told, *(clear or [otherwise])):
        if len(text) + 1 + len(sentence) <= LONGEST_DESCRIPTION:
            text = f"{text} {sentence}"
    return f"{asked} {otherwise}" if text == asked else text
