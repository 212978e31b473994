"""What the page of a use case needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from macros import schema
from macros.catalog.constants import KNOWN_SHARE
from macros.catalog.figures import FIGURES
from macros.catalog.model import Catalog, Entry, Kind
from macros.catalog.rankings import Ranking
from macros.catalog.scoring import Contribution, RankedEntry
from macros.schema.routes import CRITERIA
from macros.views.guide import heard
from macros.views.text import fixed, number, percent, plural, share_of_draws

COLOURS = 6
"""Groups that have a colour of their own in a bar; the rest share one."""
FEW = 4
"""A kind with at most so many entries says how many were looked at."""
NAMED = 4
"""How many names of a band a sentence gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A condition of a use case, with the values that meet it."""

    criterion: str
    name: str
    values: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightView:
    """What counts in a use case: a criterion, a rating or a figure, and how much; `credits` are its own."""

    address: str
    name: str
    weight: float
    share: float
    """Its share of all weights, from 0 to 1."""
    group: str
    credits: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightGroup:
    """The weights of one group of criteria, the heaviest first, and the colour of their part of a bar."""

    id: str
    name: str
    colour: int
    weights: tuple[WeightView, ...]

    @property
    def share(self) -> float:
        """Return the share of all weights that they have together, from 0 to 1."""
        return sum(weight.share for weight in self.weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar: its colour, its length in points of 100, and what it is in words."""

    colour: int
    points: float
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """An entry in a ranking with the parts of its bar, and what must be said at its name."""

    placed: RankedEntry
    parts: tuple[Part, ...]
    unknown: float
    """The points that are not recorded."""
    vulnerable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A use case with its ranking. The articles are those that the verdicts are about."""

    ranking: Ranking
    kind: Kind
    entries: tuple[Entry, ...]
    rows: tuple[RowView, ...]
    needs: tuple[NeedView, ...]
    groups: tuple[WeightGroup, ...]
    articles: Mapping[str, schema.Article]

    @property
    def case(self) -> schema.UseCase:
        """Return the use case."""
        return self.ranking.case

    @property
    def too_little_known(self) -> bool:
        """Return whether so little is recorded that nothing is ranked."""
        return self.ranking.known < KNOWN_SHARE

    @property
    def legend(self) -> tuple[tuple[int, str], ...]:
        """Return what each colour of the bars stands for."""
        names: dict[int, list[str]] = {}
        for group in self.groups:
            names.setdefault(group.colour, []).append(group.name)
        return tuple((colour, ", ".join(own)) for colour, own in names.items())

    @property
    def few(self) -> bool:
        """Return whether only few of the kind were looked at."""
        return len(self.entries) <= FEW

    @property
    def named(self) -> tuple[RankedEntry, ...]:
        """Return the entries of the first band that the answer names."""
        band = self.ranking.band
        return band if len(band) <= NAMED else band[: NAMED - 1]

    @property
    def following(self) -> tuple[RankedEntry, ...]:
        """Return the next two entries."""
        return self.ranking.placed[len(self.ranking.band) :][:2]

    @property
    def heard(self) -> str:
        """Return how many of the witnesses who name an entry of this kind agree with the first band."""
        found = heard((self.ranking,))
        if not found.told:
            return ""
        return f"{found.agree} of {plural(found.told, 'statement')} agree with the first band, {percent(found.share)}"

    def missing(self, placed: RankedEntry) -> str:
        """Return the needs that the entry is not known to meet."""
        return ", ".join(self.kind.criteria[need.criterion].name for need in placed.unproven)


def case_view(catalog: Catalog, ranking: Ranking) -> CaseView:
    """Return what the page of a use case shows."""
    case, kind = ranking.case, catalog.kinds[ranking.case.kind]
    groups = _groups(kind, tuple(_weights(catalog, kind, case)))
    return CaseView(
        ranking=ranking,
        kind=kind,
        entries=catalog.of_kind(kind.id),
        rows=tuple(_row(kind, groups, placed) for placed in ranking.placed),
        needs=tuple(_need(kind, need) for need in case.needs),
        groups=groups,
        articles={said.article: catalog.articles[said.article] for said in case.said},
    )


def answer(ranking: Ranking) -> str:
    """Return the answer in a sentence, as descriptions and the search show it; empty without a ranking."""
    if not ranking.placed:
        return ""
    names = [item.entry.named for item in ranking.band]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} others"]
    if len(names) == 1:
        return f"First: {names[0]}, in {share_of_draws(ranking.placed[0].first)} of the draws."
    return f"First: {', '.join(names[:-1])} or {names[-1]}; the weights do not tell them apart."


def _need(kind: Kind, need: schema.Need) -> NeedView:
    criterion = kind.criteria[need.criterion]
    values = ", ".join(criterion.values[value].label for value in need.values)
    return NeedView(criterion=need.criterion, name=criterion.name, values=values, because=need.because)


def _weights(catalog: Catalog, kind: Kind, case: schema.UseCase) -> Iterable[WeightView]:
    figures = (*case.ratings.values(), *case.measures.values())
    total = sum(weight.weight for weight in case.weights.values()) + sum(weight.weight for weight in figures)
    for name, weight in case.weights.items():
        criterion = kind.criteria[name]
        own = (weight.credit or {}).items()
        yield WeightView(
            address=f"{kind.id}/{CRITERIA}/{name}/",
            name=criterion.name,
            weight=weight.weight,
            share=weight.weight / total,
            group=criterion.group,
            credits=", ".join(f"{criterion.values[value].label} {number(credit)}" for value, credit in own),
            because=weight.because or "",
        )
    for group, found in (("ratings", case.ratings), ("figures", case.measures)):
        for name, figure in found.items():
            rated = group == "ratings"
            yield WeightView(
                address=f"method/#rating-{name}" if rated else FIGURES[name].page,
                name=f"Rating: {catalog.ratings[name].name}" if rated else FIGURES[name].name,
                weight=figure.weight,
                share=figure.weight / total,
                group=group,
                because=figure.because or "",
            )


def _groups(kind: Kind, weights: Sequence[WeightView]) -> tuple[WeightGroup, ...]:
    """Return the weights by group, the heaviest group first; beyond COLOURS they have the last colour."""
    named = {**kind.group_names, "ratings": "Ratings", "figures": "Measured"}
    found: dict[str, list[WeightView]] = {}
    for weight in sorted(weights, key=lambda one: -one.weight):
        found.setdefault(weight.group, []).append(weight)
    ordered = sorted(found.items(), key=lambda item: -sum(weight.weight for weight in item[1]))
    return tuple(
        WeightGroup(id=name, name=named[name], colour=min(index, COLOURS), weights=tuple(own))
        for index, (name, own) in enumerate(ordered, start=1)
    )


def _row(kind: Kind, groups: Sequence[WeightGroup], placed: RankedEntry) -> RowView:
    parts = []
    for group in groups:
        counted = [item for item in placed.counted if _group(kind, item) == group.id]
        points, most = sum(item.points or 0.0 for item in counted), sum(item.most for item in counted)
        if points >= HALF_A_TENTH:
            title = f"{group.name}: {fixed(points)} of {fixed(most)}"
            parts.append(Part(colour=group.colour, points=points, title=title))
    return RowView(
        placed=placed,
        parts=tuple(parts),
        unknown=round(placed.high - placed.low, 1),
        vulnerable=vulnerable(placed.entry),
    )


HALF_A_TENTH = 0.05
"""Points that a bar does not show."""


def _group(kind: Kind, item: Contribution) -> str:
    sorts = {"rating": "ratings", "figure": "figures"}
    return sorts.get(item.sort) or kind.criteria[item.id].group


def vulnerable(entry: Entry) -> str:
    """Return what the registry knows of vulnerabilities in the newest release, or nothing."""
    reading = entry.reading
    if reading is None or not reading.vulnerabilities:
        return ""
    names = ", ".join(found.aliases[0] if found.aliases else found.id for found in reading.vulnerabilities)
    return f"The newest release, {reading.latest.version}, has a known vulnerability: {names}."
