"""Numbers, days and counts as text."""

from __future__ import annotations

import json
from collections.abc import Sized
from datetime import date
from typing import Any


def long_date(day: date) -> str:
    """Return the day as `20 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def number(value: float) -> str:
    """Return a number with commas between thousands and without trailing zeros: `1,200`, `0.5`."""
    return f"{value:,.10g}"


def fixed(value: float, places: int = 1) -> str:
    """Return a number with this many decimal places."""
    return f"{value:.{places}f}"


def percent(share: float) -> str:
    """Return a share from 0 to 1 as `43 %`."""
    return f"{100 * share:.0f} %"


def plural(count: int | Sized, one: str, many: str = "") -> str:
    """Return a count, or how many there are, with the noun: `1 line`, `2 lines`; `many` is a plural without that s."""
    amount = count if isinstance(count, int) else len(count)
    return f"{amount:,} {one if amount == 1 else many or f'{one}s'}"


def compact_json(data: Any) -> str:
    """Return the data as JSON without blanks."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def size(octets: int) -> str:
    """Return a number of bytes as `2.2 MB`, in units of 1,000."""
    return f"{octets / 1e6:.1f} MB" if octets >= 1e5 else f"{octets / 1e3:.0f} kB"


def share_of_draws(share: float | None) -> str:
    """Return a share of draws as text: nothing and all are told from almost nothing and almost all."""
    if share is None:
        return "–"
    if 0 < share < 0.01:
        return "< 1 %"
    return "> 99 %" if 0.99 < share < 1 else f"{100 * share:.0f} %"


def factor_in_words(factor: float) -> str:
    """Return what a factor does to a weight: `1.56 times as much`, `0.6 times as much`."""
    return f"{factor:.{2 if factor < 1 else 3}g} times as much"


def in_words(count: float) -> str:
    """Return a large count with three digits and a word: `48.6 million`, `124 thousand`."""
    for power, word in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if count >= 0.9995 * power:
            return f"{float(f'{count / power:.3g}'):g} {word}"
    return f"{count:.0f}"
