"""Which tag of a repository is the release that a record names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from packaging.version import InvalidVersion, Version

TAG = re.compile(
    r"^(?P<name>.*?)[-_@/=]?[vV]?(?P<version>\d+(?:[._]\d+)*(?:[-._]?(?:a|b|c|rc|alpha|beta|dev|post)[-._]?\d*)*)$"
)


def parsed(tag: str) -> tuple[str, Version] | None:
    """Return the name and the version in a tag: `rel_2_1_0` is `rel` and 2.1.0; None if it has no version."""
    found = TAG.match(tag)
    if not found:
        return None
    try:
        return found["name"].strip("-_@/="), Version(found["version"].replace("_", "."))
    except InvalidVersion:
        return None


def tag_of(version: str, tags: Iterable[str], package: str = "") -> str | None:
    """Return the tag of a release: of `3.1` or `5.x` the newest patch, finished ones first; None if none fits.

    Where several packages share a repository, a tag that names the package goes before one without a name, and that
    before one that names another.
    """
    wanted = re.fullmatch(r"[vV]?(\d+(?:\.\d+)*)(?:\.x)?(.*)", version.strip())
    if not wanted:
        return None
    numbers = tuple(int(part) for part in wanted[1].split("."))
    exact = _version(version)  # `3.1` means its newest patch, although 3.1.0 is the same version
    fits = []
    for tag in tags:
        name, found = parsed(tag) or ("", None)
        if found is None:
            continue
        padded = (*found.release, *(0,) * (len(numbers) - len(found.release)))
        if found == exact or (not wanted[2] and padded[: len(numbers)] == numbers):
            fits.append(
                (_rank(name, package), len(numbers) > 2 and found == exact, not found.is_prerelease, found, tag)
            )
    return max(fits)[-1] if fits else None


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _rank(name: str, package: str) -> int:
    """Return how well the name in a tag fits the package: 2 if it is its own, 1 if there is none, else 0."""
    short = package.rpartition("/")[2].lower()
    if name and name.lower() in (package.lower(), package.lower().lstrip("@"), short):
        return 2
    return 1 if name.lower() in ("", "rel", "release", "releases", "version", "v") else 0
