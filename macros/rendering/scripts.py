"""The scripts as they are served: without the comments that are for those who read the source.

They are half of a script's weight, since they state the types. Nothing else is changed.
"""

from __future__ import annotations

import re

COMMENT = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*\n", re.MULTILINE)
"""A comment with two asterisks that has its lines for itself; one that stands before an expression stays."""


def served(source: str) -> str:
    """Return a script without its comments."""
    return COMMENT.sub("", source)
