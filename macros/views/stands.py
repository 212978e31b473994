"""Where an entry stands in the commonest use cases of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from macros.catalog.constants import SHOWN_REASONS
from macros.catalog.model import Entry
from macros.catalog.rankings import Ranking
from macros.catalog.scoring import RankedEntry
from macros.views.site import Site


class Stand(NamedTuple):
    """A use case and the entry's place in it, of how many that are placed; or the criteria that rule it out."""

    ranking: Ranking
    placed: RankedEntry | None
    ranked: int
    out: tuple[str, ...] = ()


def stands(site: Site, entry: Entry) -> tuple[Stand, ...]:
    """Return where the entry stands in the commonest use cases that rank anything; the common ones come first."""
    own = (ranking for ranking in site.rankings.values() if ranking.case.kind == entry.kind and ranking.placed)
    ordered = sorted(own, key=lambda ranking: (ranking.case.common or 1000, ranking.case.name))
    return tuple(_found(site, entry, ordered))[:SHOWN_REASONS]


def _found(site: Site, entry: Entry, rankings: list[Ranking]) -> Iterator[Stand]:
    for ranking in rankings:
        places = site.places[ranking.id]
        if placed := places.get(entry.id):
            yield Stand(ranking, placed, len(places))
        for item in ranking.excluded:
            if item.entry.id == entry.id and item.reasons:
                yield Stand(ranking, None, len(places), tuple(fact.criterion.name for _, fact in item.reasons))
