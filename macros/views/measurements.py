"""What the pages about behaviour, stars and ageing facts need."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from macros.catalog.evidence import oldest
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Catalog, Entry
from macros.schema.measured.base import day_of
from macros.schema.measured.probes import ProbeResult, SetupRun
from macros.views.text import plural

ANSWERS: Mapping[str, tuple[str, str, str]] = {
    "pass": ("●", "supported", "passes"),
    "opt-in": ("▣", "supported", "opt-in"),
    "fail": ("✕", "limited", "fails"),
    "absent": ("–", "muted", "absent"),
    "not-present": ("○", "muted", "not in this setup"),
}
"""The symbol, the tone and the word of each answer to a probe."""


MEANINGS: Mapping[str, str] = {
    "pass": "The framework or its server does it by default.",
    "opt-in": "The framework includes it, but it is off until you switch it on.",
    "fail": "It was asked, and it behaves differently.",
    "absent": "The framework itself does not have it.",
    "not-present": "A package is missing or does not work, so it was not asked.",
}
"""What each answer means."""


SPELLING: Mapping[str, str] = {
    **{"cors": "CORS", "csrf": "CSRF", "head": "HEAD", "json": "JSON", "nan": "NaN", "openapi": "OpenAPI"},
    **{"options": "OPTIONS", "utf8": "UTF-8", "websocket": "WebSocket"},
}
"""Words of the ids of probes that are not written as they are."""


SUBJECTS: Mapping[str, str] = {
    "concurrency": "Concurrency",
    "protocol": "Protocol",
    "data": "Data in and out",
    "security": "Security",
    "streams": "Streams",
    "application": "Application",
}
"""What probes are about, in the order of the behaviour matrix."""

_NAME = re.compile(r"@?[\w./-]+")
"""The name of a package at the beginning of a requirement, of Python or of Node.js."""
SHOWN_PACKAGES = 3
"""How many further packages of a setup the page of a probe lists."""
OWNERS: Mapping[str, str] = {"server": "the server's", "framework": "the framework's"}
"""Whose an answer is, in the words of a cell; it has none where neither does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one setup answered to one probe."""

    run: SetupRun
    result: ProbeResult

    @property
    def symbol(self) -> str:
        """Return the sign of the answer."""
        return ANSWERS[self.result.answer][0]

    @property
    def tone(self) -> str:
        """Return the colour of the answer by meaning."""
        return ANSWERS[self.result.answer][1]

    @property
    def word(self) -> str:
        """Return the word of the answer."""
        return ANSWERS[self.result.answer][2]

    @property
    def day(self) -> date:
        """Return the day of the run."""
        return day_of(self.run.moment)

    @property
    def packages(self) -> str:
        """Return the releases of the first packages that the setup asks for beside the framework and its server."""
        asked = (_NAME.match(requirement) for requirement in self.run.requirements)
        named = {self.run.framework.name, self.run.server.name}
        found = ((name[0], self.run.packages.get(name[0].lower())) for name in asked if name and name[0] not in named)
        return ", ".join(f"{name} {version}" for name, version in islice(found, SHOWN_PACKAGES) if version)

    @property
    def owner(self) -> str:
        """Return whose the answer is, in words; empty if it is both's, or neither does it."""
        return OWNERS.get(self.result.owner or "", "")

    @property
    def alone(self) -> str:
        """Return in a sentence what the server answers without the framework; empty if that was not asked."""
        server, alone = self.run.server, self.result.alone
        if alone:
            return f"Without the framework, {server} {'passes' if alone.answer == 'pass' else 'fails'}."
        if self.result.owner and server.own:
            return "The server is a part of the framework."
        return f"{server} has nothing of the kind by itself." if self.result.owner else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The setups that answer a probe in the same way."""

    id: str
    cells: tuple[Cell, ...]

    @property
    def symbol(self) -> str:
        """Return the sign of the answer."""
        return ANSWERS[self.id][0]

    @property
    def tone(self) -> str:
        """Return the colour of the answer by meaning."""
        return ANSWERS[self.id][1]

    @property
    def word(self) -> str:
        """Return the word of the answer."""
        return ANSWERS[self.id][2]

    @property
    def meaning(self) -> str:
        """Return what the answer means."""
        return MEANINGS[self.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeView:
    """A probe with the answer of every setup, None where a setup was not asked."""

    id: str
    question: str
    subject: str
    cells: tuple[Cell | None, ...]
    decides: tuple[Criterion, ...]

    @property
    def answered(self) -> tuple[Cell, ...]:
        """Return the answers that there are."""
        return tuple(cell for cell in self.cells if cell)

    @property
    def asked(self) -> tuple[Cell, ...]:
        """Return the answers of the setups that have what the question needs, or whose framework does not have it."""
        return tuple(cell for cell in self.answered if cell.result.answer != "not-present")

    @property
    def title(self) -> str:
        """Return its id as a title: `Malformed JSON`."""
        words = " ".join(SPELLING.get(word, word) for word in self.id.split("-"))
        return words[:1].upper() + words[1:]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Return the setups by what they answer."""
        found = (
            Outcome(id=answer, cells=tuple(cell for cell in self.answered if cell.result.answer == answer))
            for answer in ANSWERS
        )
        return tuple(outcome for outcome in found if outcome.cells)

    @property
    def bare(self) -> bool:
        """Return whether one of the setups is a framework and its server alone."""
        return any(cell.run.setup.endswith("-bare") for cell in self.answered)

    @property
    def thresholds(self) -> Mapping[str, Any]:
        """Return the limits that the question is decided by, as the last run has them."""
        return max(self.answered, key=lambda cell: cell.run.moment).result.thresholds

    @property
    def summary(self) -> str:
        """Return in a sentence how many setups answered what."""
        counts = Counter(cell.result.answer for cell in self.answered)
        passes = "passes" if counts["pass"] == 1 else "pass"
        differ = "behaves differently" if counts["fail"] == 1 else "behave differently"
        lack = "does not have it" if counts["absent"] == 1 else "do not have it"
        words = (
            f"{counts['pass']} of {plural(self.asked, 'setup')} {passes} by default, "
            f"{counts['opt-in']} when it is switched on. {counts['fail']} {differ}, {counts['absent']} {lack}."
        )
        servers = sum(cell.result.answer == "pass" and cell.result.owner == "server" for cell in self.answered)
        does = "pass is" if servers == 1 else "passes are"
        words += f" {servers} {does} the server's." if servers else ""
        lacks = "lacks" if counts["not-present"] == 1 else "lack"
        more = plural(counts["not-present"], "further setup")
        return words + (f" {more} {lacks} what the question needs." if counts["not-present"] else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourView:
    """All probes over all setups, by subject."""

    runs: tuple[SetupRun, ...]
    groups: tuple[tuple[str, tuple[ProbeView, ...]], ...]

    @property
    def width(self) -> int:
        """Return the number of columns of the table."""
        return len(self.runs) + 1

    @property
    def probes(self) -> tuple[ProbeView, ...]:
        """Return all probes."""
        return tuple(probe for _, group in self.groups for probe in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """The facts of an entry that are no longer current, or whose words have gone or changed."""

    entry: Entry
    facts: tuple[Fact, ...]

    @property
    def since(self) -> str | None:
        """Return the oldest minor release of the entry itself that they were not checked for."""
        return oldest(fact.aged for fact in self.facts if not fact.of and not fact.current)


def behaviour(catalog: Catalog) -> BehaviourView | None:
    """Return all probes over all setups, or None if nothing has been probed."""
    found = [run for run in catalog.readings.runs.values() if run.entry in catalog.entries]
    runs = tuple(sorted(found, key=lambda run: (catalog.entries[run.entry].name.lower(), run.setup)))
    if not runs:
        return None
    decided: dict[str, list[Criterion]] = {}
    for kind in catalog.kinds.values():
        for criterion in kind.criteria.values():
            if criterion.probe:
                decided.setdefault(criterion.probe.id, []).append(criterion)
    first: dict[str, ProbeResult] = {}
    for run in runs:
        for name, result in run.probes.items():
            first.setdefault(name, result)
    views = [
        ProbeView(
            id=name,
            question=result.question,
            subject=result.subject,
            cells=tuple(Cell(run=run, result=run.probes[name]) if name in run.probes else None for run in runs),
            decides=tuple(decided.get(name, ())),
        )
        for name, result in sorted(first.items())
    ]
    titles = [*SUBJECTS, *sorted({view.subject for view in views} - set(SUBJECTS))]
    groups = tuple(
        (SUBJECTS.get(subject, subject or "Behaviour"), group)
        for subject in titles
        if (group := tuple(view for view in views if view.subject == subject))
    )
    return BehaviourView(runs=runs, groups=groups)


def rechecks(catalog: Catalog, weights: Mapping[tuple[str, str], float]) -> tuple[Recheck, ...]:
    """Return what to check again: entries with facts that are old or whose words have gone, the most of them first.

    The facts of an entry come by how much they weigh in the guide.
    """
    found = []
    for entry in catalog.entries.values():
        stated = (fact for fact in entry.facts.values() if not fact.inherited_from)
        again = [fact for fact in stated if fact.words.doubt or not fact.current]
        again.sort(key=lambda fact: -weights.get((entry.kind, fact.criterion.id), 0.0))
        if again:
            found.append(Recheck(entry=entry, facts=tuple(again)))
    return tuple(sorted(found, key=lambda recheck: (-len(recheck.facts), recheck.entry.name.lower())))
