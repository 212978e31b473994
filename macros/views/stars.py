"""What is shown of the stars that an article gives, beside the computed ratings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

from macros.catalog.model import Catalog, Entry
from macros.catalog.ratings import Score
from macros.schema.articles import Article
from macros.schema.ratings import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class StarView:
    """A rating that an article gives stars for: each entry with its stars and ours, and the pairs ordered otherwise."""

    article: Article
    rating: Rating
    id: str
    rows: tuple[tuple[Entry, int, float | None], ...]
    disagreements: tuple[tuple[Entry, Entry], ...]
    """The article puts the first above the second; the computed rating puts it below."""


def star_views(catalog: Catalog, scores: Mapping[str, tuple[Score, ...]]) -> tuple[StarView, ...]:
    """Return the ratings that an article gives stars for, beside ours, with the pairs that the two order otherwise."""
    found = []
    for article in catalog.articles.values():
        for name, stars in article.stars.items():
            ours = {entry: next((s.value for s in scores[entry] if s.id == name), None) for entry in stars}
            disagreements = tuple(
                (catalog.entries[higher], catalog.entries[lower])
                for higher, lower in permutations(stars, 2)
                if stars[higher] > stars[lower] and _less(ours[higher], ours[lower])
            )
            rows = tuple((catalog.entries[entry], stars[entry], ours[entry]) for entry in stars)
            found.append(
                StarView(article=article, rating=catalog.ratings[name], id=name, rows=rows, disagreements=disagreements)
            )
    return tuple(found)


def _less(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one < other
