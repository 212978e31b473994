"""When releases were made: how many, how far apart, how long ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Cadence:
    """The last 24 months of a package: releases, days of the longest gap, days since the last release."""

    releases: int
    longest_gap: int
    since_last: int

    def fields(self) -> dict[str, Any]:
        """Return the three figures by their names in a reading."""
        return {
            "releases-24-months": self.releases,
            "longest-gap-24-months": self.longest_gap,
            "since-last-release": self.since_last,
        }


CADENCE_FIELDS = tuple(Cadence(0, 0, 0).fields())


def window_start(today: date) -> date:
    """Return the same day two years earlier; 28 February for 29 February."""
    try:
        return today.replace(year=today.year - 2)
    except ValueError:
        return today.replace(year=today.year - 2, day=28)


def cadence(days: Sequence[date], today: date) -> Cadence:
    """Return the figures for releases on those days, of which there is at least one.

    A gap is the days between two releases inside the window. The window's start (or the first release, if that came
    later) and today count as its ends too, so that a silent package has a gap of 24 months.
    """
    start = window_start(today)
    inside = sorted(day for day in days if day >= start)
    bounds = [max(start, min(days)), *inside, today]
    gaps = [(later - earlier).days for earlier, later in pairwise(bounds)]
    return Cadence(len(inside), max(gaps), (today - max(days)).days)


def utc_day(moment: str) -> date:
    """Return the day of an ISO 8601 moment in UTC."""
    return datetime.fromisoformat(moment).date()
