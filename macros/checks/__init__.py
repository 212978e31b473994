"""Is it right: one rule per function; its docstring is the rule."""

from macros.checks import applications, collections, entries
from macros.checks.rules import RULES

__all__ = ["RULES", "applications", "collections", "entries"]
