"""Which values a table shows: its legend lists these and no others, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.catalog.facts import Fact
from macros.schema.criteria import Value

TONES: Mapping[str, str] = {
    "supported": "There",
    "external": "Elsewhere",
    "limited": "With limits",
    "muted": "Not there",
}
"""The groups of a legend: the tone of their values, and the heading."""

Legend = tuple[tuple[str, tuple[Value, ...]], ...]
"""The values with a symbol by heading, each label once."""


def legend_of(facts: Iterable[Fact | None]) -> Legend:
    """Return the values of these facts, the ones with a symbol, by what they say."""
    used: dict[tuple[str, str], Value] = {}
    for fact in facts:
        if fact and fact.meaning and fact.meaning.symbol:
            used.setdefault((fact.meaning.symbol, fact.meaning.label), fact.meaning)
    grouped = ((name, tuple(value for value in used.values() if value.tone == tone)) for tone, name in TONES.items())
    return tuple((name, values) for name, values in grouped if values)
