"""On which Pythons a package does what it is for: data/measured/smoke/ENTRY.json."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.schema.fields import Plain
from macros.schema.measured.base import Machine, MeasuredRecord, PackageResult, Packages, Python, Seen


class Outcome(MeasuredRecord):
    """How the program of an entry ended on one Python; refused if the release could not be installed."""

    python: Python
    outcome: Literal["pass", "fail", "refused"]
    error: Seen = ""


class Cure(Outcome):
    """How the program ended on the newest Python with requirements that the package does not declare."""

    added: tuple[Plain, ...]
    packages: Packages


class OlderRelease(Outcome):
    """How the program ended on the newest Python with the newest release that can be installed there."""

    packages: Packages


class Smoke(PackageResult):
    """How the program of an entry ended on each Python, the newest first."""

    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    newest_python: Python | None = Field(description="The newest Python on which it passes, or null.")
    cured: Cure | None = Field(default=None, description="Given if it passes nowhere and requirements can be added.")
    older_release: OlderRelease | None = Field(default=None, description="Given if no Python takes the release.")
    packages: Packages
    machine: Machine
