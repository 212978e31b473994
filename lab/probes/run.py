"""One setup from start to end: declarations, the run with defaults, the run with options, the result."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from textwrap import dedent
from typing import Any

from packaging.utils import canonicalize_name

from lab.core.errors import NoAnswerError
from lab.core.output import moment
from lab.core.paths import ROOT
from lab.probes.environments import Environment, prepare
from lab.probes.kit import CAPABILITIES, ONLY_WITH_OPTIONS
from lab.probes.probe import Finding, Probe, Subject
from lab.probes.questions import PROBES
from lab.probes.server import Server, ServerProblemError
from lab.probes.setups import SERVERS, Setup
from macros.schema.measured.probes import Exchange, Lines, Observed, ProbeResult, SetupRun

ORDER = ("running", "stopping", "stopped")


@dataclass(slots=True)
class Outcome:
    """The result of a setup, and what is reported about it but not written."""

    result: SetupRun
    seconds: float
    withheld: list[str] = field(default_factory=list)
    """Probes whose finding may be a vulnerability."""
    remarks: list[str] = field(default_factory=list)
    """What is wrong with the opt-ins of the adapter."""


class _Run:
    """A setup's server in one of its two runs, and the findings that it gave."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.declared = _complete(server.describe())
        server.start()
        registered: dict[str, dict[str, Any]] = self.declared["registered"]
        self.values = {name: item["value"] for name, item in registered.items() if item["error"] is None}
        self.errors = {name: item["error"] for name, item in registered.items() if item["error"] is not None}
        self.missing: dict[str, dict[str, Any]] = self.declared["missing"]
        self.findings: dict[str, tuple[Finding, Observed]] = {}

    def ask_all(self, probes: list[Probe]) -> None:
        """Ask the running server the probes; those that stop it come last."""
        for when in ORDER:
            for probe in probes:
                if probe.when == when and not self.absent(probe):
                    if when == "running" and not self.server.alive():
                        self.server.stop()
                        self.server.start()
                    self.findings[probe.id] = self.ask(probe)

    def ask(self, probe: Probe) -> tuple[Finding, Observed]:
        """Return the finding of one probe: that of its first attempt that passes, or of the last."""
        broken = [f"{name}: {self.errors[name]}" for name in probe.needs if name in self.errors]
        if broken:
            return Finding(False), Observed(figures={"error while registering": self._redacted("; ".join(broken))})
        for _ in range(probe.attempts):
            subject = Subject(self.server, self.values)
            try:
                finding = probe.ask(subject)
            except (NoAnswerError, HTTPException, OSError) as error:
                finding = Finding(False, {"error": f"{type(error).__name__}: {error}"[:200]})
            if finding.passed:
                break
        return finding, self._shown(subject.observed(finding))

    def absent(self, probe: Probe) -> dict[str, Any] | None:
        """Return the declaration of the capability that a probe lacks, or None."""
        lacking = [self.missing[name] for name in probe.needs if name in self.missing]
        others = [self.missing[name] for name in probe.either if name in self.missing]
        if probe.either and len(others) == len(probe.either):
            lacking += others
        return lacking[0] if lacking else None

    def could(self, probe: Probe) -> bool:
        """Return whether everything was installed that a probe and its option need."""
        option: dict[str, Any] = self.declared["options"].get(probe.id, {})
        return not option.get("error") and self.errors.keys().isdisjoint(probe.needs)

    def lines(self, probe: Probe) -> tuple[Lines, ...]:
        """Return the lines of the adapter that concern a probe."""
        places = {**self.declared["registered"], **self.missing}
        asked = [name for name in (*probe.needs, *probe.either) if name in places]
        return tuple(self.quoted(places[name]["lines"]) for name in asked)

    def quoted(self, place: Mapping[str, int]) -> Lines:
        """Return the lines of the adapter at a place, with their code."""
        rows = (ROOT / self.server.environment.setup.adapter_file).read_text(encoding="utf-8").splitlines()
        code = dedent("\n".join(rows[place["first"] - 1 : place["last"]]))
        return Lines(first=place["first"], last=place["last"], code=code)

    def _shown(self, observed: Observed) -> Observed:
        exchanges = tuple(self._exchange(exchange) for exchange in observed.exchanges)
        figures = {
            name: self._redacted(value) if isinstance(value, str) else value for name, value in observed.figures.items()
        }
        return Observed(exchanges=exchanges, figures=figures)

    def _exchange(self, exchange: Exchange) -> Exchange:
        return Exchange(
            request=exchange.request,
            status=self._redacted(exchange.status),
            headers=tuple(self._redacted(header) for header in exchange.headers),
            body=self._redacted(exchange.body),
        )

    def _redacted(self, text: str) -> str:
        """Return a text without the names of this machine and this run."""
        server = self.server
        for found, instead in (
            (str(server.home), "RUN"),
            (str(server.environment.folder), "ENVIRONMENT"),
            (str(ROOT), "PROJECT"),
            (f"127.0.0.1:{server.port}", "127.0.0.1:PORT"),
        ):
            text = text.replace(found, instead)
        return text


def _complete(declared: dict[str, Any]) -> dict[str, Any]:
    """Return the declarations; raise ServerProblemError unless each capability is either registered or missing."""
    registered, missing = declared["registered"].keys(), declared["missing"].keys()
    silent = [name for name in CAPABILITIES if name not in registered | missing]
    if silent:
        raise ServerProblemError(
            f"The adapter does not mention {', '.join(silent)}. Register it or declare it missing."
        )
    if both := sorted(registered & missing):
        raise ServerProblemError(f"The adapter both registers and misses {', '.join(both)}. Keep one.")
    return declared


def run(setup: Setup, probes: dict[str, Probe] | None = None) -> Outcome:
    """Return what a setup answers; raise LabError, RefusedError or ServerProblemError if it does not run."""
    return run_in(prepare(setup), probes)


def run_in(environment: Environment, probes: dict[str, Probe] | None = None) -> Outcome:
    """Return what the setup installed in `environment` answers."""
    begun = time.perf_counter()
    asked = PROBES if probes is None else probes
    with Server(environment, "defaults") as server:
        first = _Run(server)
        first.ask_all([probe for probe in asked.values() if not ONLY_WITH_OPTIONS.intersection(probe.needs)])
    options: dict[str, dict[str, Any]] = first.declared["options"]
    again = [
        probe
        for probe in asked.values()
        if (ONLY_WITH_OPTIONS.intersection(probe.needs) and not first.absent(probe))
        or (probe.id in options and probe.id in first.findings and not first.findings[probe.id][0].passed)
    ]
    second = None
    if again:
        with Server(environment, "options") as server:
            second = _Run(server)
            second.ask_all(again)
    return _outcome(environment, asked, first, second, time.perf_counter() - begun)


def _outcome(
    environment: Environment, asked: dict[str, Probe], first: _Run, second: _Run | None, seconds: float
) -> Outcome:
    setup = environment.setup
    answers = {name: _result(probe, first, second) for name, probe in asked.items()}
    findings = {name: finding for one in (first, second) if one for name, (finding, _) in one.findings.items()}
    withheld = sorted(name for name, finding in findings.items() if finding.withheld)
    packages: dict[str, str] = first.declared["packages"]
    if setup.language == "python":
        packages = {canonicalize_name(name): version for name, version in packages.items()}
    result = SetupRun(
        setup=setup.id,
        entry=setup.entry,
        adapter=setup.adapter_file,
        decides=setup.decides,
        requirements=setup.requirements,
        packages=packages,
        lock=environment.lock,
        runtime=first.declared["runtime"],
        server=_shown_command(setup),
        command=f"python -m lab probes --setup {setup.id}",
        moment=moment(),
        probes={name: answer for name, answer in answers.items() if name not in withheld},
    )
    return Outcome(result=result, seconds=seconds, withheld=withheld, remarks=_remarks(answers, first, second))


def _remarks(answers: dict[str, ProbeResult], first: _Run, second: _Run | None) -> list[str]:
    """Return what is wrong with the adapter's opt-ins: the probe does not exist, passes anyway, or still fails."""
    remarks = []
    for name in sorted(first.declared["options"]):
        if name not in PROBES:
            remarks.append(f"the opt-in {name} names no probe")
        elif name in answers and answers[name].answer == "pass":
            remarks.append(f"the opt-in {name} is not needed")
        elif name in answers and answers[name].answer == "fail" and second and second.could(PROBES[name]):
            remarks.append(f"the opt-in {name} does not help")
    return remarks


def _shown_command(setup: Setup) -> str:
    module = setup.adapter_file if setup.language == "node" else setup.module
    program = {"python": "python", "module": module, "port": "PORT"}
    return " ".join(part.format(**program) for part in SERVERS[setup.server])


def _result(probe: Probe, first: _Run, second: _Run | None) -> ProbeResult:
    answered = partial(ProbeResult, question=probe.question, subject=probe.subject, lines=first.lines(probe))
    if absent := first.absent(probe):
        return answered(answer="absent", reason=absent["reason"], documentation=absent["documentation"])
    again = second.findings.get(probe.id) if second else None
    if probe.id in first.findings:
        finding, observed = first.findings[probe.id]
        if again and again[0].passed and not finding.passed:
            option = first.declared["options"][probe.id]
            return answered(
                answer="opt-in",
                observed=again[1],
                by_default=observed,
                reason=option["how"],
                documentation=option["documentation"],
                lines=(*first.lines(probe), first.quoted(option["lines"])),
            )
    else:
        assert again, f"{probe.id} was not asked"
        finding, observed = again
    return answered(answer="pass" if finding.passed else "fail", observed=observed)
