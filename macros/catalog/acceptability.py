"""How sure a ranking is: stochastic multicriteria acceptability analysis (Lahdelma and Salminen 2001).

Every weight may be wrong by a factor of two, and what is not known lies anywhere. Over many draws of both, it is
counted how often an entry is before all others. What is not asked of an entry stands outside its sum, as in its score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

from macros.catalog.constants import DRAWS, DRAWS_SEED, WEIGHT_FACTOR

Credits = Mapping[str, float | None]
"""What an entry earns of each weight, from 0 to 1; None where it is not known; nothing where it is not asked."""
Array = NDArray[numpy.float64]
LEVEL = 1e-9
"""Scores that differ by less are equal: processors round in different ways."""
FIRST_PLACES = 3


class Shares(NamedTuple):
    """Shares of the draws: nobody is before the entry, fewer than three are, and the leader is before it."""

    first: float
    top: float
    beaten: float


def shares(weights: Mapping[str, float], entries: Mapping[str, Credits], leader: str) -> dict[str, Shares]:
    """Return the shares of every entry. The order of weights and entries changes nothing."""
    names, ids = sorted(weights), sorted(entries)
    drawn = _weights([weights[name] for name in names])
    scores = numpy.stack([_scores(drawn, names, entries[one], at) for at, one in enumerate(ids)], axis=1)
    best = scores.max(axis=1, keepdims=True)
    third = numpy.sort(scores, axis=1)[:, -min(FIRST_PLACES, len(ids)), None]
    first = (scores >= best - LEVEL).mean(axis=0)
    top = (scores >= third - LEVEL).mean(axis=0)
    beaten = (scores[:, [ids.index(leader)]] > scores + LEVEL).mean(axis=0)
    return {one: Shares(float(first[at]), float(top[at]), float(beaten[at])) for at, one in enumerate(ids)}


def _weights(weights: Sequence[float]) -> Array:
    """Return the drawn weights, a row each: log-uniform between half and twice what the use case says."""
    exponents = _uniform(len(weights), 0) * 2 - 1
    return numpy.round(numpy.asarray(weights) * WEIGHT_FACTOR**exponents, 12)


def _uniform(columns: int, stream: int) -> Array:
    """Return numbers from 0 to 1, the same on every machine: the bits of a generator whose stream is promised."""
    bits = numpy.random.PCG64(numpy.random.SeedSequence((DRAWS_SEED, stream))).random_raw(DRAWS * columns)
    return (bits >> numpy.uint64(11)).astype(numpy.float64).reshape(columns, DRAWS).T * 2.0**-53


def _scores(drawn: Array, names: Sequence[str], own: Credits, at: int) -> Array:
    """Return the score of an entry in every draw, from 0 to 1."""
    asked: list[Any] = [column for column, name in enumerate(names) if name in own]
    if not asked:
        return numpy.zeros(DRAWS)
    weights = drawn[:, asked]
    known = [own[names[column]] for column in asked]
    unknown = [place for place, credit in enumerate(known) if credit is None]
    earned = weights @ numpy.asarray([credit or 0.0 for credit in known])
    if unknown:
        earned = earned + (weights[:, unknown] * _uniform(len(unknown), at + 1)).sum(axis=1)
    scores: Array = earned / weights.sum(axis=1)
    return scores
