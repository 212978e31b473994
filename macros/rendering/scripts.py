"""The scripts as they are served: without the comments that are for those who read the source.

They are half of a script's weight, since they state the types. Nothing else is changed.
"""

from __future__ import annotations

import re

BODY = r"/\*\*(?:[^*]|\*(?!/))*\*/"
COMMENT = re.compile(rf"^[ \t]*{BODY}[ \t]*\n|(?=/\*\* @type ){BODY} ?", re.MULTILINE)
"""A comment with two asterisks: one that has its lines for itself, or one that states a type within an expression."""


def served(source: str) -> str:
    """Return a script without its comments."""
    return COMMENT.sub("", source)
