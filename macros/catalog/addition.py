"""Addition that gives every reader the same sum."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add


def added(values: Iterable[float]) -> float:
    """Return the sum, added from the first to the last.

    sum() makes up for rounding since Python 3.12. A browser does not, nor does Python 3.11, and the last digit decides
    how a score that lies between two figures is written.
    """
    return reduce(add, values, 0.0)
