"""Is it right: one rule per function; its docstring is the rule."""

from macros.checks import (
    applications,
    articles,
    citations,
    criteria,
    dates,
    demonstrations,
    entries,
    facts,
    guide,
    idioms,
    implications,
    matrices,
    outside_benchmarks,
    pages,
    series,
    types,
)
from macros.checks.rules import RULES

__all__ = [
    "RULES",
    "applications",
    "articles",
    "citations",
    "criteria",
    "dates",
    "demonstrations",
    "entries",
    "facts",
    "guide",
    "idioms",
    "implications",
    "matrices",
    "outside_benchmarks",
    "pages",
    "series",
    "types",
]
