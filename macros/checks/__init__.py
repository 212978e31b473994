"""Is it right: one rule per function; its docstring is the rule."""

from macros.checks import (
    applications,
    articles,
    changes,
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
    pages,
    series,
    statements,
    types,
)
from macros.checks.rules import RULES

__all__ = [
    "RULES",
    "applications",
    "articles",
    "changes",
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
    "pages",
    "series",
    "statements",
    "types",
]
