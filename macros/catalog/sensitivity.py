"""What would change the first place: the smallest change of one weight, and of one fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

from macros.catalog.addition import added
from macros.catalog.constants import LARGEST_FACTOR
from macros.catalog.facts import Criterion
from macros.catalog.model import Catalog
from macros.catalog.scoring import Contribution, RankedEntry
from macros.schema.guide import UseCase

LEVEL = 1e-9
HALF_A_STEP = 0.05
"""Scores are shown to a tenth of a point; what differs by less is the same score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightChange:
    """A weight that, multiplied by `factor`, lets `rival` come before the first entry."""

    weight: Contribution
    factor: float
    rival: RankedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """A value that, had an entry another one, would let `rival` come before the first entry."""

    of: RankedEntry
    criterion: Criterion
    before: str | None
    """The label of the value that it has; None where nothing is recorded."""
    after: str
    points: float
    """By how many points of 100 its score would change."""
    rival: RankedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What would change the first place; `level` are others that have the same score as the first already."""

    level: tuple[RankedEntry, ...] = ()
    weight: WeightChange | None = None
    fact: FactChange | None = None


NO_CHANGES = Changes()


def changes(catalog: Catalog, case: UseCase, ordered: Sequence[RankedEntry]) -> Changes:
    """Return what would change the first place of entries in the order of their scores.

    What is not known counts as nothing here, as in the order itself.
    """
    first, rivals = ordered[0], ordered[1:]
    level = tuple(rival for rival in rivals if first.low - rival.low < HALF_A_STEP)
    if level or not rivals:
        return Changes(level=level)
    weights = (found for rival in rivals for found in _weight_changes(first, rival))
    facts = _fact_changes(catalog, case, first, rivals)
    return Changes(
        weight=min(
            weights, key=lambda one: (round(abs(log(one.factor)), 6), one.weight.id, one.rival.entry.id), default=None
        ),
        fact=min(
            facts,
            key=lambda one: (round(one.points, 6), one.of.entry.id, one.criterion.id, one.after),
            default=None,
        ),
    )


def _earned(entry: RankedEntry) -> tuple[float, float]:
    """Return the weight earned and the weight asked."""
    return added(item.asked * (item.credit or 0.0) for item in entry.counted), added(
        item.asked for item in entry.counted
    )


def _weight_changes(first: RankedEntry, rival: RankedEntry) -> Iterator[WeightChange]:
    """Yield the nearest factor of each weight with which the rival has the score of the first entry."""
    (got, asked), (rival_got, rival_asked) = _earned(first), _earned(rival)
    own, theirs = _by_id(first), _by_id(rival)
    for name in dict.fromkeys((*own, *theirs)):
        one, other = own.get(name), theirs.get(name)
        item = one or other
        assert item
        a, b = (one.credit or 0.0, 1.0) if one else (0.0, 0.0)
        c, d = (other.credit or 0.0, 1.0) if other else (0.0, 0.0)
        # (got + x a) / (asked + x b) = (rival_got + x c) / (rival_asked + x d), where x is added to the weight
        square = a * d - c * b
        linear = got * d + a * rival_asked - rival_got * b - c * asked
        constant = got * rival_asked - rival_got * asked
        factors = [1 + x / item.asked for x in _roots(square, linear, constant)]
        allowed = [factor for factor in factors if 1 / LARGEST_FACTOR <= factor <= LARGEST_FACTOR]
        if allowed:
            yield WeightChange(weight=item, factor=min(allowed, key=lambda one: abs(log(one))), rival=rival)


def _by_id(entry: RankedEntry) -> dict[str, Contribution]:
    return {item.id: item for item in entry.counted}


def _roots(square: float, linear: float, constant: float) -> Iterator[float]:
    """Yield where square x² + linear x + constant is nothing."""
    if abs(square) < LEVEL:
        if abs(linear) > LEVEL:
            yield -constant / linear
        return
    inside = linear * linear - 4 * square * constant
    if inside >= 0:
        yield (-linear + sqrt(inside)) / (2 * square)
        yield (-linear - sqrt(inside)) / (2 * square)


def _fact_changes(
    catalog: Catalog, case: UseCase, first: RankedEntry, rivals: Sequence[RankedEntry]
) -> Iterator[FactChange]:
    """Yield every other value of one fact with which a rival has more points than the first entry."""
    second = rivals[0]
    for entry in (first, *rivals):
        for criterion, item, label, credit in _other_values(catalog, case, entry):
            moved = 100 * item.asked * (credit - (item.credit or 0.0)) / added(one.asked for one in entry.counted)
            rival = second if entry is first else entry
            lead = first.low - rival.low
            if (-moved if entry is first else moved) > lead + HALF_A_STEP:
                before = item.fact.text if item.fact else None
                yield FactChange(
                    of=entry, criterion=criterion, before=before, after=label, points=abs(moved), rival=rival
                )


def _other_values(
    catalog: Catalog, case: UseCase, entry: RankedEntry
) -> Iterator[tuple[Criterion, Contribution, str, float]]:
    """Yield the values that the facts of an entry do not have: criterion, summand, label and credit."""
    criteria = catalog.kinds[entry.entry.kind].criteria
    allowed = {need.criterion: need.values for need in case.needs}
    for item in entry.counted:
        if item.sort != "fact":
            continue
        criterion, own = criteria[item.id], case.weights[item.id].credit
        for name, value in criterion.values.items():
            credit = own.get(name, 0.0) if own is not None else value.credit
            same = item.fact is not None and item.fact.value == name
            if same or credit is None or name == "not-applicable" or name not in allowed.get(item.id, (name,)):
                continue
            yield criterion, item, value.label, credit
