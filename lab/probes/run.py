"""One setup from start to end: declarations, the run with defaults, the run with options, its server alone."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from lab.probes.asking import Run
from lab.probes.environments import Environment, prepare
from lab.probes.kit import ONLY_WITH_OPTIONS
from lab.probes.probe import Probe
from lab.probes.questions import PROBES
from lab.probes.results import Outcome, Runs, outcome
from lab.probes.server import Server
from lab.probes.setups import Setup


def run(setup: Setup, probes: dict[str, Probe] | None = None) -> Outcome:
    """Return what a setup answers; raise LabError, RefusedError or ServerProblemError if it does not run."""
    return run_in(prepare(setup), probes)


def run_in(environment: Environment, probes: dict[str, Probe] | None = None) -> Outcome:
    """Return what the setup installed in `environment` answers."""
    begun = time.perf_counter()
    asked = PROBES if probes is None else probes
    with Server(environment, "defaults") as server:
        first = Run(server)
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
            second = Run(server)
            second.ask_all(again)
    alone = _alone(environment, asked)
    return outcome(environment, asked, Runs(first=first, second=second, alone=alone), time.perf_counter() - begun)


def _alone(environment: Environment, asked: dict[str, Probe]) -> Run | None:
    """Return a run of the setup's server without the framework, which asks what may be the server's own."""
    if environment.setup.alone is None:
        return None
    with Server(replace(environment, setup=environment.setup.alone), "defaults") as server:
        alone = Run(server, whole=False)
        alone.ask_all([probe for probe in asked.values() if probe.server and alone.offers(probe)])
    return alone
