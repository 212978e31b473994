"""What must hold of the data beyond its form. A rule yields problems and never raises."""

from __future__ import annotations

from datetime import date

from macros import application_rules, collection_rules, entry_rules
from macros.records import Problem
from macros.rules import RULES, Scope
from macros.sources import Sources

__all__ = ["RULES", "all_problems", "application_rules", "collection_rules", "entry_rules"]


def all_problems(sources: Sources, today: date) -> list[Problem]:
    """Return every problem of form and of content, in the order of files and lines, none twice."""
    scope = Scope(sources, today)
    found = {problem for check in RULES for problem in check(scope)}
    return sorted(found | set(sources.problems))
