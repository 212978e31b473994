"""What the pages of the guide and of stacks need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros import schema
from macros.catalog.constants import CLOSE_POINTS, KNOWN_SHARE
from macros.catalog.model import Catalog, Kind
from macros.catalog.rankings import RankedEntry, Ranking
from macros.views.text import fixed, number

GROUPS = (
    ("build", "What you build"),
    ("run", "How it runs"),
    ("team", "Who builds it"),
    ("part", "Choosing a part"),
)
"""The groups of use cases, with their headings."""
VERDICTS = ("agree", "agree in part", "disagree", "no verdict")
POINTS_PER_BAR = 20
"""Points of 100 for one of the five parts of a bar."""
SHOWN_IN_LISTS = 3
SHOWN_COMMON = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A condition of a use case, with the values that meet it."""

    criterion: str
    name: str
    values: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightView:
    """What counts in a use case: a criterion or a rating, and how much; `credits` are its own, if there are any."""

    address: str
    name: str
    weight: float
    credits: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A use case with its ranking. The articles are those that the verdicts are about."""

    ranking: Ranking
    kind: Kind
    needs: tuple[NeedView, ...]
    weights: tuple[WeightView, ...]
    articles: Mapping[str, schema.Article]

    @property
    def case(self) -> schema.UseCase:
        """Return the use case."""
        return self.ranking.case

    @property
    def close_points(self) -> float:
        """Return how many points an entry may be behind the first if we agree with an article that recommends it."""
        return CLOSE_POINTS

    @property
    def too_little_known(self) -> bool:
        """Return whether so little is recorded that nothing is ranked."""
        return self.ranking.known < KNOWN_SHARE

    def missing(self, placed: RankedEntry) -> str:
        """Return the names of the needs that the entry is not known to meet."""
        return ", ".join(self.kind.criteria[need.criterion].name for need in placed.unproven)

    def bar(self, placed: RankedEntry) -> str:
        """Return the style of the bar that shows the points of an entry: both ends, from 0 to 5."""
        return f"--x:{placed.low / POINTS_PER_BAR:g};--y:{placed.high / POINTS_PER_BAR:g}"

    def lag(self, placed: RankedEntry) -> str:
        """Return how many points an entry is behind the first."""
        return fixed(self.ranking.placed[0].low - placed.low, 0)


def case_view(catalog: Catalog, ranking: Ranking) -> CaseView:
    """Return what the page of a use case shows."""
    case, kind = ranking.case, catalog.kinds[ranking.case.kind]
    return CaseView(
        ranking=ranking,
        kind=kind,
        needs=tuple(_need(kind, need) for need in case.needs),
        weights=(*_weights(kind, case), *_ratings(catalog, case)),
        articles={said.article: catalog.articles[said.article] for said in case.said},
    )


def _need(kind: Kind, need: schema.Need) -> NeedView:
    criterion = kind.criteria[need.criterion]
    values = ", ".join(criterion.values[value].label for value in need.values)
    return NeedView(criterion=need.criterion, name=criterion.name, values=values, because=need.because)


def _weights(kind: Kind, case: schema.UseCase) -> Iterable[WeightView]:
    for name, weight in sorted(case.weights.items(), key=lambda item: -item[1].weight):
        criterion = kind.criteria[name]
        own = (weight.credit or {}).items()
        yield WeightView(
            address=f"matrix/{kind.id}/#{name}",
            name=criterion.name,
            weight=weight.weight,
            credits=", ".join(f"{criterion.values[value].label} {number(credit)}" for value, credit in own),
            because=weight.because or "",
        )


def _ratings(catalog: Catalog, case: schema.UseCase) -> Iterable[WeightView]:
    for name, weight in case.ratings.items():
        yield WeightView(address=f"method/#rating-{name}", name=f"Rating: {catalog.ratings[name].name}", weight=weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A use case in a list of them, with its first entries and how often we agree with the articles."""

    ranking: Ranking
    leading: tuple[RankedEntry, ...]
    verdicts: tuple[tuple[str, int], ...]


def case_groups(rankings: Iterable[Ranking]) -> tuple[tuple[str, str, tuple[CaseLine, ...]], ...]:
    """Return the use cases by group: its id, its heading and its lines."""
    found = tuple(rankings)
    grouped = (
        (group, heading, tuple(case_line(one, SHOWN_IN_LISTS) for one in found if one.case.group == group))
        for group, heading in GROUPS
    )
    return tuple((group, heading, lines) for group, heading, lines in grouped if lines)


def common_cases(rankings: Iterable[Ranking]) -> tuple[CaseLine, ...]:
    """Return the common use cases, in their order."""
    common = sorted((one for one in rankings if one.case.common), key=lambda one: one.case.common or 0)
    return tuple(case_line(one, SHOWN_COMMON) for one in common)


def case_line(ranking: Ranking, shown: int) -> CaseLine:
    """Return a use case with its first entries."""
    words = Counter(verdict.word for verdict in ranking.verdicts)
    return CaseLine(
        ranking=ranking,
        leading=ranking.placed[:shown],
        verdicts=tuple((word, words[word]) for word in VERDICTS if words[word]),
    )
