"""Ratings: numbers from 0 to 5 that come from facts and measured values by the rules in data/ratings/."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from macros.catalog.addition import added
from macros.catalog.constants import TOP
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Catalog, Entry
from macros.schema.measured.measures import MeasuredValue
from macros.schema.ratings import Part, Rating, Rule

NOT_MEASURED = "not measured yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One summand: a criterion, the fact that answers it, its weight and what it earned (0 to the weight)."""

    criterion: Criterion
    fact: Fact | None
    weight: float
    earned: float | None
    """None where the criterion is not recorded, or does not arise: it then stands outside the sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One summand of a rating by positions: a measure, the entry's figure, and where it lies between worst and best."""

    name: str
    figure: str
    weight: float
    position: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A rating of an entry: `value` from 0 to 5, or None with the reason in `missing`; `terms` are the sum."""

    rating: Rating
    id: str
    value: float | None
    terms: tuple[Term, ...] = ()
    missing: str = ""
    figure: str = ""
    places: tuple[Place, ...] = ()

    @property
    def instead(self) -> str:
        """Return in two or three words why there is no value."""
        return self.missing if self.missing == NOT_MEASURED else "not rated"

    @property
    def note(self) -> str:
        """Return the measured value, or what is missing for a rating."""
        return self.figure or ("" if self.missing == NOT_MEASURED else self.missing)

    @property
    def calculated(self) -> bool:
        """Return whether a calculation can be shown."""
        return bool(self.places) or (bool(self.terms) and self.value is not None)

    @property
    def sortable(self) -> float:
        """Return the value to sort by; entries without one come last."""
        return -1.0 if self.value is None else self.value

    @property
    def earned(self) -> float:
        """Return the credit earned, in units of weight."""
        return added(term.earned for term in self.terms if term.earned is not None)

    @property
    def possible(self) -> float:
        """Return the credit that the answered criteria could have earned."""
        return added(term.weight for term in self.terms if term.earned is not None)


def credit_of(fact: Fact, own: dict[str, float] | None) -> float | None:
    """Return what a fact counts for, 0 to 1, by `own` or else by its scale; None if it counts neither way.

    With `own`, a value that is not among its keys counts 0.
    """
    if fact.value == "not-applicable":
        return None
    return own.get(fact.value, 0.0) if own is not None else fact.credit


def score(catalog: Catalog, entry: Entry, rating_id: str) -> Score:
    """Return the entry's score by the rule of that rating."""
    rating = catalog.ratings[rating_id]
    rule = rating.rule
    if rule.by == "share":
        return _share(catalog, entry, rating_id, rating)
    if rule.by == "positions":
        return _positions(catalog, entry, rating_id, rating)
    measure, steps = rule.measure or "", rule.steps
    if rule.otherwise and not _measured(catalog, measure, entry):
        measure, steps = rule.otherwise.measure, rule.otherwise.steps
    own = _measured(catalog, measure, entry)
    if own is None:
        return Score(rating=rating, id=rating_id, value=None, missing=NOT_MEASURED)
    figure = _figure(own, catalog.measured[measure].unit)
    if rule.by == "thresholds":
        return Score(rating=rating, id=rating_id, value=_threshold(own.value, steps, rule.better), figure=figure)
    value = _position(entry.id, _compared(catalog, rule, entry.kind), rule)
    first = _measured(catalog, rule.first.measure, entry) if rule.first else None
    more = f", {_figure(first, catalog.measured[rule.first.measure].unit)}" if first and rule.first else ""
    return Score(rating=rating, id=rating_id, value=round(value, 1), figure=f"{figure}{more}")


def _figure(own: MeasuredValue, unit: str) -> str:
    return f"{own.bound + ' ' if own.bound else ''}{own.value:,.10g} {unit}"


def _values(catalog: Catalog, measure: str, kind: str) -> list[float]:
    """Return the figures of all entries of a kind."""
    found = catalog.measured[measure].values
    return [value.value for name, value in found.items() if catalog.entries[name].kind == kind]


def _positions(catalog: Catalog, entry: Entry, rating_id: str, rating: Rating) -> Score:
    """The positions between the worst and the best measured, averaged by weight."""
    places = []
    for part in rating.rule.measures:
        own = _measured(catalog, part.measure, entry)
        if own is None:
            return Score(rating=rating, id=rating_id, value=None, missing=NOT_MEASURED)
        position = _between(own.value, _values(catalog, part.measure, entry.kind), part.better)
        about = catalog.measured[part.measure]
        figure = _figure(own, about.unit)
        places.append(Place(name=about.name, figure=figure, weight=part.weight, position=position))
    total = added(place.weight * place.position for place in places) / added(place.weight for place in places)
    return Score(rating=rating, id=rating_id, value=round(total, 1), places=tuple(places))


def _measured(catalog: Catalog, measure: str, entry: Entry) -> MeasuredValue | None:
    found = catalog.measured.get(measure)
    return found.values.get(entry.id) if found else None


def _share(catalog: Catalog, entry: Entry, rating_id: str, rating: Rating) -> Score:
    """5 × credit earned ÷ credit possible, over the criteria that are answered."""
    asked = [part for part in rating.rule.criteria if part.criterion in entry.asked]
    terms = tuple(_term(catalog, entry, part) for part in asked)
    result = Score(rating=rating, id=rating_id, value=None, terms=terms)
    answered = sum(1 for term in terms if term.fact)
    if not terms or answered / len(terms) < rating.rule.at_least_answered or not result.possible:
        missing = f"{answered} of {len(terms)} criteria recorded; the rule asks for {rating.rule.at_least_answered:.0%}"
        return Score(rating=rating, id=rating_id, value=None, terms=terms, missing=missing)
    return Score(rating=rating, id=rating_id, value=round(TOP * result.earned / result.possible, 1), terms=terms)


def _term(catalog: Catalog, entry: Entry, part: Part) -> Term:
    criterion = catalog.kinds[entry.kind].criteria[part.criterion]
    fact = entry.facts.get(part.criterion)
    credit = credit_of(fact, part.credit) if fact else None
    earned = None if credit is None else credit * part.weight
    return Term(criterion=criterion, fact=fact, weight=part.weight, earned=earned)


def _threshold(value: float, steps: tuple[float, ...], better: str) -> float:
    """One point for each of the five steps that the value reaches."""
    sign = 1 if better == "more" else -1
    return float(bisect_right([sign * step for step in steps], sign * value))


def _compared(catalog: Catalog, rule: Rule, kind: str) -> dict[str, tuple[float, float | None]]:
    """Return the measure and what comes before it, for every entry of a kind that is measured."""
    found = catalog.measured[rule.measure or ""].values
    before = catalog.measured.get(rule.first.measure) if rule.first else None
    firsts = {name: value.value for name, value in before.values.items()} if before else {}
    return {
        name: (value.value, firsts.get(name)) for name, value in found.items() if catalog.entries[name].kind == kind
    }


def _position(entry: str, compared: Mapping[str, tuple[float, float | None]], rule: Rule) -> float:
    """5 × how many are measured worse ÷ how many are worse than the best: equal figures have equal positions."""
    worse = {name: sum(_better(own, other, rule) for other in compared.values()) for name, own in compared.items()}
    most = max(worse.values())
    return TOP * worse[entry] / most if most else TOP


def _better(own: tuple[float, float | None], other: tuple[float, float | None], rule: Rule) -> bool:
    """Return whether the own figures beat the other's: by what comes first where both have it, else by the measure."""
    if rule.first and own[1] is not None and other[1] is not None and not _equal(own[1], other[1], rule.first.tie):
        return own[1] < other[1] if rule.better == "less" else own[1] > other[1]
    if _equal(own[0], other[0], rule.tie):
        return False
    return own[0] < other[0] if rule.better == "less" else own[0] > other[0]


def _equal(one: float, other: float, tie: float) -> bool:
    """Return whether two figures differ by no more than a share of the smaller."""
    least, most = sorted((one, other))
    return most <= least * (1 + tie)


def _between(value: float, values: list[float], better: str) -> float:
    """5 for the best of the values, 0 for the worst, in proportion between them; 5 where they are all the same."""
    best, worst = (min(values), max(values)) if better == "less" else (max(values), min(values))
    return TOP if best == worst else TOP * (value - worst) / (best - worst)


def scores(catalog: Catalog, entry: Entry) -> tuple[Score, ...]:
    """Return all ratings of an entry's kind, in their order."""
    return tuple(score(catalog, entry, name) for name, rating in catalog.ratings.items() if rating.kind == entry.kind)
