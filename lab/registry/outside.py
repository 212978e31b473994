"""Packages without an entry whose pages the records cite: their releases, so that what was read there ages too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from packageurl import PackageURL

from lab.registry import npm, pypi
from macros.catalog.projects import outside_packages
from macros.schema.entries import Entry
from macros.schema.measured.registry import READINGS, RegistryReading

UNREAD = "of a package without an entry only the releases are read"
FETCHERS: Mapping[str, Callable[[str], dict[str, Any]]] = {"pypi": pypi.fetch_releases, "npm": npm.fetch_releases}
DATES: Mapping[str, Callable[[Mapping[str, Any], dict[str, str]], dict[str, Any]]] = {
    "pypi": pypi.releases,
    "npm": npm.releases,
}
UNKNOWN: Mapping[str, Any] = {
    "entry": None,
    "licence": {"expression": None, "read-from": None},
    "typed": {"marker": None, "file": None},
    "vulnerabilities": None,
    "installed": None,
    "dependencies": None,
    "installed-size": None,
}
"""What a reading says of a package that is not installed."""
OF_ECOSYSTEM: Mapping[str, Mapping[str, Any]] = {
    "pypi": {"requires-python": None, "pythons": [], "development-status": None},
    "npm": {"engines": None},
}


def packages(records: Iterable[Entry]) -> dict[str, str]:
    """Return the package URLs by the names of their files: `pypi-channels`, `npm-fastify--view`."""
    return {name_of(package): package for package in outside_packages(records)}


def name_of(package: str) -> str:
    """Return the name of a package's file: its ecosystem, its scope if it has one, its name."""
    url = PackageURL.from_string(package)
    scoped = "--".join(filter(None, ((url.namespace or "").removeprefix("@"), url.name)))
    return f"{url.type}-{re.sub('[^a-z0-9-]', '-', scoped.lower())}"


def fetch(package: str) -> dict[str, Any]:
    """Return the answer of the package's registry, without an install."""
    return FETCHERS[PackageURL.from_string(package).type](package)


def read(raw: Mapping[str, Any], name: str, package: str) -> RegistryReading:
    """Return the releases in the raw answer as a reading; raise pydantic's ValidationError if its form is unknown."""
    ecosystem = PackageURL.from_string(package).type
    reasons: dict[str, str] = {}
    found = {**UNKNOWN, **OF_ECOSYSTEM[ecosystem], **DATES[ecosystem](raw, reasons)}
    reasons |= dict.fromkeys(_nulls({**UNKNOWN, **OF_ECOSYSTEM[ecosystem]}), UNREAD)
    data = {
        "ecosystem": ecosystem,
        "package": package,
        "moment": raw["read"],
        "command": f"python -m lab registry {name}",
        "not-available": reasons,
        **found,
    }
    return READINGS[ecosystem].model_validate(data, by_name=False)


def _nulls(fields: Mapping[str, Any], before: str = "") -> Iterable[str]:
    for name, value in fields.items():
        if value is None:
            yield f"{before}{name}"
        elif isinstance(value, Mapping):
            yield from _nulls(value, f"{name}.")
