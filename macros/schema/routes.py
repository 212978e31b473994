"""The addresses of the site that are not contributed: one table, which pages are made by and names are checked against.

All are given from the root of the site and end with a slash.
"""

from __future__ import annotations

from typing import Literal, get_args

SECTIONS = (
    "api",
    "assets",
    "badges",
    "behaviour",
    "benchmarks",
    "changes",
    "code",
    "coming-from",
    "compare",
    "contribute",
    "embed",
    "feeds",
    "guide",
    "libraries",
    "matrix",
    "method",
    "policy",
    "questions",
    "recheck",
    "search",
    "stacks",
)
"""The first parts of addresses that no kind may have."""


CRITERIA = "by"
"""The part of the address of a kind below which each of its criteria has a page."""
MeasureId = Literal[
    "memory",
    "start",
    "size",
    "dependencies",
    "cost",
    "lines",
    "names",
    "types",
    "releases",
    "gap",
    "downloads",
    "stars",
]
MEASURES: tuple[str, ...] = get_args(MeasureId)
"""What is measured: each has a page there too, so no criterion may have its id."""
HEALTH = "matrix/health/"
BEHAVIOUR = "matrix/behaviour/"
RECHECK = "recheck/"
ARTICLE_CODE = "code/article/"
CONTRACT = "code/contract/"
SPRING = "coming-from/spring/"
COMPARE = "compare/"
"""Entries side by side; the files that it reads stand below it."""
BENCHMARKS = "benchmarks/"
BENCHMARKS_METHOD = "benchmarks/method/"
CHANGES = "changes/"
ALL_CHANGES = "feeds/changes.xml"
"""The feed of everything that changed. No kind is called changes: it is the name of a section."""
SUPPORT = "feeds/support.ics"
"""The calendar with the end of support of release series."""
RELEASES = "feeds/releases.ics"
"""The calendar with the releases of the last year."""
BENCHMARKS_ELSEWHERE = "benchmarks/elsewhere/"
BENCHMARKS_GROWTH = "benchmarks/growth/"
BENCHMARKS_TIMES = "benchmarks/waiting/"
YOURS = "guide/yours/"
YOURS_DATA = f"{YOURS}data.json"
FIXED = (
    HEALTH,
    BEHAVIOUR,
    RECHECK,
    ARTICLE_CODE,
    CONTRACT,
    SPRING,
    BENCHMARKS,
    BENCHMARKS_METHOD,
    BENCHMARKS_ELSEWHERE,
    BENCHMARKS_GROWTH,
    BENCHMARKS_TIMES,
    YOURS,
    CHANGES,
)
"""Pages with an address of their own in a section that others share."""

API = "api/v1/"
"""What programs read: the addresses of its files begin with this."""


BELOW = {
    "behaviour": "matrix/",
    "coming-from": "guide/",
    "recheck": "matrix/",
    "stacks": "guide/",
}
"""Sections that the navigation has no item for, or only among its further ones: the item that they belong to."""


MOVED = {"behaviour/": BEHAVIOUR, "coming-from/": SPRING}
"""Addresses that lead to another one: a section that has a single overview."""


def fixed_names(section: str) -> set[str]:
    """Return the names that are taken in a section: `health` in `matrix`."""
    parts = [url.strip("/").split("/") for url in FIXED]
    return {part[1] for part in parts if part[0] == section and len(part) > 1}


def feed_of(kind: str, entry: str = "") -> str:
    """Return the path of the feed of a kind, or of an entry."""
    return f"feeds/{kind}/{entry}.xml" if entry else f"feeds/{kind}.xml"


def of_entry(name: str) -> str:
    """Return the address of the JSON file of an entry, from the root of the API."""
    return f"entries/{name}.json"


def of_pair(one: str, other: str) -> str:
    """Return the address of the JSON file of a pair, from the root of the API."""
    first, second = sorted((one, other))
    return f"pairs/{first}-vs-{second}.json"


def of_matrix(name: str) -> str:
    """Return the address of the CSV file of a matrix, from the root of the API."""
    return f"csv/matrix-{name}.csv"


def of_measure(kind: str, measure: str) -> str:
    """Return the address of the CSV file of a measure of a kind, from the root of the API."""
    return f"csv/{kind}-{measure}.csv"
