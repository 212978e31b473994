"""What contributors write where the schema has another word: the checks then say which one is meant."""

from __future__ import annotations

OTHER_NAMES = {
    "homepage": "website",
    "homepage-url": "website",
    "home-page": "website",
    "url": "website",
    "site": "website",
    "docs": "website",
    "repo": "repository",
    "source-code": "repository",
    "github": "repository",
    "git": "repository",
    "description": "summary",
    "pypi": "package",
    "npm": "package",
    "title": "name",
    "lang": "language",
    "pros": "strengths",
    "cons": "trade-offs",
}
"""Other words for keys, with hyphens for underscores."""


_FACT = "It is a fact: write it as licence below facts:, under the page that proves it."
_MEASURED = "It is measured, not stated: remove it."
ELSEWHERE = {
    "license": _FACT,
    "licence": _FACT,
    "stars": _MEASURED,
    "downloads": _MEASURED,
    "version": "It belongs to the page that describes it: write it next to source:.",
}
"""What is stated elsewhere than among the keys of an entry, and where."""


CRITERIA = {"license": "licence"}
"""Other words for criteria."""
