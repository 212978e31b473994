"""Addresses that lead to the words of a page, and to the page as it was on a day."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from macros.schema.fields import ELLIPSIS

FILE_OF_GITHUB = re.compile(r"https://github\.com/[^/]+/[^/]+/blob/[^#?]+")
RENDERED = (".md", ".mdx", ".markdown", ".rst", ".rest", ".adoc", ".ipynb")
"""Files that GitHub shows as a page and not by lines."""


def fragment_link(address: str, passage: str | None, line: int | None = None) -> str:
    """Return the address with a text fragment, at which a browser opens the page and marks the words.

    An anchor of the address stays: a browser that knows no text fragments goes there. A file that GitHub shows by lines
    gets the `line` as its anchor, since it shows the text of few lines at a time.
    """
    if passage is None:
        return address
    page, _, anchor = address.partition("#")
    if line and not anchor and FILE_OF_GITHUB.fullmatch(page) and not page.lower().endswith(RENDERED):
        anchor = f"L{line}"
    ends = ",".join(_encoded(words) for words in passage.split(ELLIPSIS))
    return f"{page}#{anchor}:~:text={ends}"


def _encoded(words: str) -> str:
    """Return the words with everything encoded that could be read as part of a text fragment's form."""
    return quote(words, safe="").replace("-", "%2D")


def archived(address: str, day: date) -> str:
    """Return the address at which the Internet Archive shows the page as of a day, or as of the nearest one it has."""
    return f"https://web.archive.org/web/{day:%Y%m%d}/{address.partition('#')[0]}"
