"""What a file uses of what it imports from outside its application, whatever its language."""

from __future__ import annotations

from macros.code import javascript, python
from macros.code.scopes import Usage
from macros.code.syntax import GRAMMARS

NOTHING = Usage({}, frozenset())


def usage(text: str, language: str, own: frozenset[str]) -> Usage:
    """Return what a file uses; nothing where its language has no imports that can be read.

    `language` is the name that Pygments has for it, `own` the top-level modules of an application in Python.
    """
    if language == "python":
        return python.usage(text, own)
    return javascript.usage(text, language) if language in GRAMMARS else NOTHING
