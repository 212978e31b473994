"""A real install of a Python package: which Python takes it, what comes with it, and what its files say."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from lab.core import python
from lab.core.errors import RefusedError, last_line
from lab.core.paths import CACHE
from lab.core.tools import uv

LICENCE_FILES = ("*LICEN[CS]E*", "*COPYING*")
MAX_TEXT = 40_000
"""Characters of a licence text that are kept."""


def admits(specifier: str, series: str) -> bool:
    """Return whether the specifier admits some release of a series of CPython."""
    versions = SpecifierSet(specifier)
    return any(versions.contains(f"{series}.{patch}") for patch in range(40))


def install(name: str, version: str, specifier: str) -> dict[str, Any]:
    """Return what the package alone and its install bring, on the first Python that takes it.

    `packages` is empty if none does; `refused` has the installer's reason for each that does not.
    """
    refused: dict[str, str] = {}
    for series in (series for series in in_order_of_preference() if admits(specifier, series)):
        try:
            return _install_on(series, f"{name}=={version}") | {"refused": refused}
        except RefusedError as error:
            refused[series] = last_line(str(error))
    return {"packages": {}, "refused": refused}


def in_order_of_preference() -> Iterator[str]:
    """Yield the series to try: from this machine's newest down, then the later ones, which can only be unpacked."""
    later = python.later_series()
    yield from reversed([series for series in python.SERIES if series not in later])
    yield from later


def _install_on(series: str, requirement: str) -> dict[str, Any]:
    """Install on an interpreter of the series; if this machine has none, the wheels that the series would get."""
    here = python.interpreters()
    own = next((found for found in here if found.series == series), None)
    options = [] if own else ["--python-version", series, "--only-binary", ":all:"]
    runner = own or here[0]
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="install-") as target:
        asked = ["pip", "install", "--quiet", "--python", str(runner.path), "--target", target]
        uv(*asked, *options, requirement)
        found = {canonicalize_name(package.name): package for package in distributions(path=[target])}
        described = _describe(found[canonicalize_name(requirement.partition("==")[0])])
        packages = {name: _size(package) for name, package in found.items()}
    shown = " ".join(["uv pip install --python", series if own else runner.series, *options, "--target DIR"])
    return {
        "on": f"Python {own.version if own else series}",
        "series": series,
        "command": f"{shown} {requirement}",
        "packages": packages,
        **described,
    }


def _describe(package: Distribution) -> dict[str, Any]:
    """Return an installed package's metadata, the files that mark it as typed, and its licence texts by name.

    Only a py.typed in a top-level package counts: one further down may belong to a vendored library.
    """
    files = {str(file): Path(str(file.locate())) for file in package.files or () if file.suffix != ".py"}
    licences = {
        name: file.read_text(encoding="utf-8", errors="replace")[:MAX_TEXT]
        for name, file in files.items()
        if ".dist-info/" in name and any(fnmatch(file.name.upper(), form) for form in LICENCE_FILES)
    }
    return {
        "metadata": package.read_text("METADATA") or "",
        "typed": sorted(name for name in files if name.endswith("/py.typed") and name.count("/") == 1),
        "licences": licences,
    }


def _size(found: Distribution) -> dict[str, Any]:
    """Return an installed package's version, and the bytes of the files that its RECORD lists."""
    files = (Path(str(file.locate())) for file in found.files or ())
    return {"version": found.version, "bytes": sum(file.stat().st_size for file in files if file.is_file())}
