"""What the newest valid run of the benchmarks says of each entry."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from statistics import geometric_mean

from macros.schema.measured.base import day_of
from macros.schema.measured.benchmarks import BenchmarkRun, Metric, Protocol
from macros.schema.measured.measures import Measure, MeasuredValue

RATED = ("json", "items", "post")
"""The workloads whose costs make the cost of a request: an answer, typed parameters, a validated body."""
COSTS: Mapping[str, tuple[Metric, str, str, float]] = {
    "cpu-per-request": ("processor", "Processor time per request", "µs", 1.0),
    "instructions-per-request": ("instructions", "Instructions per request", "thousand instructions", 1e-3),
}
"""The measures that a run gives: the metric, the name, the unit, and how many of the unit one of the metric is."""

PROTOCOL = Protocol(
    rounds=5, window=1, warm_up=1, warm_up_node=5, warm_up_further=0.3, connections=16, counted=200, tie=0.05,
    tie_instructions=0.03, void=0.05, disturbed=0.5, quiet=0.15, saturated=0.95, relaxed=0.8, pace=0.1, slice=0.5,
    slices=3, seed=0,
)  # fmt: skip
"""How a run is made. Every run keeps its own."""

WAITED = 0.05
"""Seconds that the handler waits which stands for one that asks another service."""

FLAT, LINEAR = 0.1, (0.9, 1.1)
"""Exponents below the first are no growth that matters; those between the others are linear."""


def way_of(exponent: float | None) -> str:
    """Return how a cost grows with such an exponent, in words."""
    if exponent is None:
        return "too few points for an exponent"
    if exponent < -FLAT:
        return "falls"
    if exponent < FLAT:
        return "hardly grows"
    if exponent < LINEAR[0]:
        return "grows more slowly than linearly"
    return "grows linearly" if exponent <= LINEAR[1] else "grows faster than linearly"


def newest_valid(runs: Mapping[str, BenchmarkRun]) -> BenchmarkRun | None:
    """Return the newest run whose controls hold; a quick one counts only if there is no other."""
    valid = [run for run in runs.values() if run.valid]
    return max(valid, key=lambda run: (run.profile != "quick", run.moment), default=None)


def stacks_of(run: BenchmarkRun) -> dict[str, str]:
    """Return the stack that stands for each entry of a run, by entry."""
    return chosen((name, stack.entry, stack.lanes) for name, stack in run.stacks.items())


def chosen(stacks: Iterable[tuple[str, str | None, Container[str]]]) -> dict[str, str]:
    """Return the stack that stands for each entry, by entry; of each its id, its entry if any, and its lanes.

    It is the first of those on a server that its documentation recommends, in their order; if there is none, the first.
    """
    found: dict[str, str] = {}
    for name, entry, _ in sorted(stacks, key=lambda stack: "recommended" not in stack[2]):
        if entry:
            found.setdefault(entry, name)
    return found


def cost(run: BenchmarkRun, metric: Metric, stack: str) -> float | None:
    """Return the geometric mean of the rated workloads' medians; None unless the stack has all of them.

    With it each workload has the same say, whatever it costs (Fleming and Wallace, "How not to lie with statistics: the
    correct way to summarize benchmark results", Communications of the ACM 29, 1986): in an arithmetic mean the dearest
    one decides alone.
    """
    orders = [run.order(metric, workload) for workload in RATED]
    estimates = [order.estimates.get(stack) for order in orders if order]
    medians = [estimate.median for estimate in estimates if estimate]
    return geometric_mean(medians) if len(medians) == len(RATED) else None


def benchmark_measures(runs: Mapping[str, BenchmarkRun], known: Container[str]) -> dict[str, Measure]:
    """Return the cost of a request for every known entry of the newest valid run; nothing if there is no such run."""
    run = newest_valid(runs)
    if not run:
        return {}
    chosen = stacks_of(run)
    found = {}
    for measure, (metric, name, unit, factor) in COSTS.items():
        costs = {entry: cost(run, metric, stack) for entry, stack in chosen.items() if entry in known}
        values = {
            entry: MeasuredValue(value=float(f"{value * factor:.3g}"), day=day_of(run.moment))
            for entry, value in costs.items()
            if value is not None
        }
        if values:
            found[measure] = Measure(name=name, unit=unit, command="python -m lab bench", values=values)
    return found
