"""What is written of the runs of a setup: its answers, whose they are, and the releases of framework and server."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from lab.core.output import moment
from lab.probes.asking import Run
from lab.probes.environments import Environment
from lab.probes.probe import Finding, Probe
from lab.probes.questions import PROBES
from lab.probes.setups import Setup
from macros.schema.measured.probes import Alone, Owner, ProbeResult, Release, ServerUsed, SetupRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The runs of a setup: with its defaults, with its options, and that of its server without the framework."""

    first: Run
    second: Run | None
    """None if nothing had to be asked again."""
    alone: Run | None
    """None if the server is a part of the framework."""


@dataclass(slots=True)
class Outcome:
    """The result of a setup, and what is reported about it but not written."""

    result: SetupRun
    seconds: float
    withheld: list[str] = field(default_factory=list)
    """Probes whose finding may be a vulnerability."""
    remarks: list[str] = field(default_factory=list)
    """What is wrong with the adapter, or withheld about the server alone."""


def outcome(environment: Environment, asked: dict[str, Probe], runs: Runs, seconds: float) -> Outcome:
    """Return the result of a setup's runs, which took so many seconds, and what is reported besides."""
    setup = environment.setup
    first, second = runs.first, runs.second
    answers = {name: _owned(probe, _result(probe, first, second), runs) for name, probe in asked.items()}
    findings = {name: finding for one in (first, second) if one for name, (finding, _) in one.findings.items()}
    withheld = sorted(name for name, finding in findings.items() if finding.withheld)
    result = SetupRun(
        setup=setup.id,
        entry=setup.entry,
        adapter=setup.adapter_file,
        decides=setup.decides,
        requirements=setup.requirements,
        packages=first.packages,
        lock=environment.lock,
        runtime=first.declared["runtime"],
        framework=_framework(setup, first),
        server=_server(setup, first),
        command=f"python -m lab probes --setup {setup.id}",
        moment=moment(),
        probes={name: answer for name, answer in answers.items() if name not in withheld},
    )
    remarks = [*_remarks(answers, first, second), *_unregistered(setup, first), *_withheld_alone(runs.alone)]
    return Outcome(result=result, seconds=seconds, withheld=withheld, remarks=remarks)


def _unregistered(setup: Setup, first: Run) -> list[str]:
    """Return what could not be registered in a setup that should lack nothing."""
    found = first.errors.items() if setup.decides else ()
    return [f"{name} could not be registered: {error}" for name, error in found]


def _withheld_alone(alone: Run | None) -> list[str]:
    """Return which findings about the server alone are withheld."""
    findings = alone.findings.items() if alone else ()
    return [f"{name} of the server alone is withheld" for name, (finding, _) in findings if finding.withheld]


def _remarks(answers: dict[str, ProbeResult], first: Run, second: Run | None) -> list[str]:
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
    values = {"python": "python", "module": module, "port": "PORT"}
    return " ".join(part.format(**values) for part in setup.program.command)


def _framework(setup: Setup, run: Run) -> Release:
    """Return the framework in the release that ran; of a setup without one, the runtime."""
    if setup.package:
        return Release(name=setup.package, version=run.packages[setup.package])
    return _runtime(run)


def _runtime(run: Run) -> Release:
    name, _, version = run.declared["runtime"].rpartition(" ")
    return Release(name=name, version=version)


def _server(setup: Setup, run: Run) -> ServerUsed:
    """Return the server in the release that ran: a package of its own, the runtime's, or the framework's."""
    package, own = setup.program.package, setup.alone is None
    if package:
        release = Release(name=package, version=run.packages[package])
    else:
        release = _framework(setup, run) if own else _runtime(run)
    return ServerUsed(**dict(release), command=_shown_command(setup), own=own)


def _result(probe: Probe, first: Run, second: Run | None) -> ProbeResult:
    answered = partial(
        ProbeResult,
        question=probe.question,
        subject=probe.subject,
        thresholds=dict(probe.thresholds),
        lines=first.lines(probe),
    )
    if absent := first.absent(probe):
        return answered(answer="absent", reason=absent["reason"], documentation=absent["documentation"])
    for one in (first, second):
        if one and probe.id in one.not_present and probe.id not in first.findings:
            return answered(answer="not-present", reason=one.not_present[probe.id])
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


def _owned(probe: Probe, result: ProbeResult, runs: Runs) -> ProbeResult:
    """Return the result with whose it is, where it may be the server's, and with what the server answers alone."""
    if not probe.server or result.answer not in ("pass", "fail", "opt-in"):
        return result
    without = runs.alone.findings.get(probe.id) if runs.alone else None
    if without and without[0].withheld:
        return result
    finding = runs.first.findings[probe.id][0]
    owner = None if result.answer == "opt-in" else _owner(probe, finding, without[0] if without else None)
    alone = Alone(answer="pass" if without[0].passed else "fail", figures=without[1].figures) if without else None
    return result.model_copy(update={"owner": owner, "alone": alone})


def _owner(probe: Probe, finding: Finding, alone: Finding | None) -> Owner | None:
    """Return whose a finding is, or None if both the framework and the server are needed for it.

    `alone` is what the server does without the framework; None if the server is a part of it, or has nothing of it.
    """
    if not finding.same(alone or Finding(False)):
        return "framework"
    if finding.passed in probe.server:
        return "server" if alone else "framework"
    return None if finding.passed else "neither"
