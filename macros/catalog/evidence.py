"""How well a fact is confirmed today: the probes that agree with it, and whether its package has moved on since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from packaging.version import InvalidVersion, Version

from macros.catalog.constants import ACTIVE_DAYS, OLD_AFTER_DAYS, QUIET_DAYS
from macros.reading.measurements import Measurements
from macros.schema.criteria import ProbeRule
from macros.schema.entries import SUPERSEDING, Entry, Evidence
from macros.schema.measured.base import day_of
from macros.schema.measured.probes import Answer, Owner
from macros.schema.measured.registry import RegistryReading

SHOWN_BY_FAILURE = ("none", "by-hand", "partial", "opt-in")
"""Values that a failing probe shows."""


OF_THE_FRAMEWORK = ("built-in", "by-default", "opt-in")
"""Values that say that the framework itself does it."""


CONTINUED = {
    "successor": "It has a successor.",
    "forked-to": "A fork continues it.",
    "renamed-to": "It was renamed.",
}
"""What is said of an entry with an edge that leads to what replaces it."""


Status = Literal["active", "quiet", "dormant", "ended", "successor exists", "not measured"]
NOT_ADVISED: tuple[Status, ...] = ("dormant", "ended", "successor exists")
"""Statuses that are told wherever an entry is named; no page advises to choose such an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAnswer:
    """An answer of a setup to the probe that decides a criterion."""

    setup: str
    probe: str
    answer: Answer
    version: str
    """The release of the framework."""
    server: str | None
    """The server with its release; None if it is a part of the framework."""
    owner: Owner | None
    day: date
    decides: bool
    newer: str | None = None
    """The first minor release after the one that ran, or None: then it says how the newest release behaves."""

    @property
    def ran(self) -> str:
        """Return the releases that ran: `3.1.9 with gunicorn 27.0.1`."""
        return f"{self.version} with {self.server}" if self.server else self.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """Why a fact is no longer current: a newer minor release since the one it was read for, or an old reading."""

    since: str | None = None
    """The first minor release after the one that the page speaks of."""
    days: int | None = None
    """Days since the page was read, if that is more than OLD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceStatus:
    """An entry's status in a word, by the published rule, with the sentence that gives its reason."""

    word: Status
    reason: str


@lru_cache(maxsize=4096)
def version_of(text: str) -> Version | None:
    """Return the version that the text spells, or None."""
    try:
        return Version(text.strip().removeprefix("v"))
    except InvalidVersion:
        return None


def newer_minor(version: str, reading: RegistryReading | None) -> str | None:
    """Return the first minor release after a version, such as `6.2`, or None if the registry knows none.

    A text that is no version comes before every release.
    """
    newest = version_of(reading.latest.version) if reading else None
    if reading is None or newest is None:
        return None
    given = version_of(version)
    minor = (*given.release, 0)[:2] if given else (-1, 0)
    if newest.release[:2] <= minor:
        return None
    known = sorted(v for _, text in reading.releases if (v := version_of(text)) and not v.is_prerelease)
    later = [v for v in known if v.release[:2] > minor] if given else []
    return ".".join(map(str, (later[0] if later else newest).release[:2]))


def probed(
    measured: Measurements, entry: str, rule: ProbeRule | None, reading: RegistryReading | None = None
) -> tuple[ProbeAnswer, ...]:
    """Return what the entry's setups answered to the probe that decides a criterion.

    A setup that lacks what the probe needs was not asked, and decides nothing.
    """
    if rule is None:
        return ()
    return tuple(
        ProbeAnswer(
            setup=run.setup,
            probe=rule.id,
            answer=run.probes[rule.id].answer,
            version=run.framework.version,
            server=None if run.server.own else str(run.server),
            owner=run.probes[rule.id].owner,
            day=day_of(run.moment),
            decides=run.decides,
            newer=newer_minor(run.framework.version, reading),
        )
        for run in measured.runs_of(entry)
        if rule.id in run.probes and run.probes[rule.id].answer != "not-present"
    )


def agrees(rule: ProbeRule, value: str, answer: str) -> bool:
    """Return whether a record may say `value` where the probe answered so; an answer without values allows any."""
    return not rule.allowed(answer) or value in rule.allowed(answer)


def shows(rule: ProbeRule, value: str, answer: str, owner: Owner | None = None) -> bool:
    """Return whether the answer shows the value.

    Absence is declared, and failure says nothing of other packages. What the server does by itself says nothing of what
    the framework includes, and what the server prevents says nothing at all.
    """
    if value not in rule.allowed(answer) or answer == "absent":
        return False
    if owner == "server" and (answer == "fail" or value in OF_THE_FRAMEWORK):
        return False
    return answer != "fail" or value in SHOWN_BY_FAILURE


def ageing(page: Evidence, reading: RegistryReading | None, today: date, *, by_releases: bool = True) -> Ageing | None:
    """Return why the facts of a page are no longer current, or None.

    `reading` is that of the project whose release the page describes. Without it, without a release, or where a
    criterion's facts do not follow releases, days alone make them old.
    """
    days = (today - page.checked).days
    since = newer_minor(page.version, reading) if by_releases and page.version else None
    if since is None and days <= OLD_AFTER_DAYS:
        return None
    return Ageing(since=since, days=days if days > OLD_AFTER_DAYS else None)


def oldest(aged: Iterable[Ageing | None]) -> str | None:
    """Return the oldest of the releases for which facts were not checked, or None if it is their days alone."""
    named = [one.since for one in aged if one and one.since]
    return min(named, key=Version, default=None)


def _since(reading: RegistryReading | None) -> tuple[int | None, str]:
    """Return the days from the last release to the reading with a sentence that says so, or None."""
    if reading is None:
        return None, ""
    if reading.since_last_release is not None:
        return reading.since_last_release, f"The last release is {reading.since_last_release:,} days old."
    if not reading.releases:
        return None, ""
    day, version = reading.releases[-1]
    days = (day_of(reading.moment) - day).days
    return days, f"The last release whose date upstream confirms, {version}, is {days:,} days old."


def maintenance_status(record: Entry, reading: RegistryReading | None) -> MaintenanceStatus:
    """Return the status of an entry: active, quiet, dormant, ended, successor exists, or not measured."""
    goes_on = next((CONTINUED[edge.type] for edge in record.relations if edge.type in SUPERSEDING), "")
    days, last = _since(reading)
    if days is None:
        word: Status = "successor exists" if goes_on else "not measured"
        return MaintenanceStatus(word=word, reason="No release date could be read.")
    if goes_on:
        return MaintenanceStatus(word="ended" if days > QUIET_DAYS else "successor exists", reason=f"{last} {goes_on}")
    if days <= ACTIVE_DAYS:
        return MaintenanceStatus(word="active", reason=last)
    return MaintenanceStatus(word="quiet" if days <= QUIET_DAYS else "dormant", reason=last)
