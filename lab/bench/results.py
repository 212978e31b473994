"""From raw rounds to a result: orders with ties, controls, agreement, growth; and the file, never overwritten."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from lab.bench import statistics
from lab.core.output import as_data
from macros.catalog.benchmarks import PROTOCOL
from macros.schema.measured.benchmarks import (
    Agreement,
    BenchmarkRun,
    Control,
    Growing,
    Growth,
    Instructions,
    Metric,
    Order,
    Protocol,
    Visit,
)

LARGEST = 1_000_000
"""Bytes above which a file is compressed."""
LIMITS: Mapping[Metric, float] = {
    "instructions": statistics.TIE_INSTRUCTIONS,
    "processor": statistics.TIE,
}
Key = tuple[Metric, str]
Rounds = dict[int, float]
Series = dict[str, Rounds]
"""The figure of each round, by stack."""


def protocol(rounds: int, seed: int) -> Protocol:
    """Return how a run of so many rounds was made."""
    return PROTOCOL.model_copy(update={"rounds": rounds, "seed": seed})


def figures(visits: Iterable[Visit], counts: Iterable[Instructions], *, again: bool = False) -> dict[Key, Series]:
    """Return the figures of every stack in every round, by metric and workload; of the controls with `again`."""
    found: dict[Key, Series] = {}
    for visit in visits:
        for window in visit.windows:
            counts_here = window.requests and window.growing is None and window.rate is None
            if visit.again is again and counts_here:
                series = found.setdefault(("processor", window.workload), {})
                series.setdefault(visit.stack, {})[visit.round] = window.microseconds
    for one in counts:
        for workload, total in one.counted.items():
            if one.again is again:
                series = found.setdefault(("instructions", workload), {})
                series.setdefault(one.stack, {})[one.round] = total / one.requests
    return found


def _values(rounds: Rounds, most: int) -> list[float | None]:
    return [rounds.get(number) for number in range(most)]


def order(key: Key, series: Series) -> Order:
    """Return the stacks of a workload by a metric, with the ratio of every two that share a round."""
    metric, workload = key
    most = 1 + max(number for rounds in series.values() for number in rounds)
    values = {stack: _values(rounds, most) for stack, rounds in sorted(series.items())}
    strays = statistics.noise(values.values())
    ratios = {}
    for first, second in combinations(values, 2):
        found = statistics.ratio(values[first], values[second])
        shared = len(series[first].keys() & series[second].keys())
        # Two that share no round are compared by their medians alone: a tie, since nothing shows a difference.
        ratios[f"{first}/{second}"] = statistics.cautious(found, shared, strays) if found else (1.0, 0.5, 2.0)
    estimates = {stack: statistics.estimate(one) for stack, one in values.items()}
    bands = statistics.bands(estimates, ratios, LIMITS[metric])
    return Order(metric=metric, workload=workload, estimates=estimates, bands=bands, ratios=ratios)


def controls(first: Mapping[Key, Series], second: Mapping[Key, Series]) -> tuple[Control, ...]:
    """Return what the two measurements of the control stack say, for every metric and workload."""
    found = []
    for (metric, workload), series in second.items():
        for stack, rounds in series.items():
            other = first.get((metric, workload), {}).get(stack, {})
            most = 1 + max([*rounds, *other])
            ratio = statistics.ratio(_values(rounds, most), _values(other, most))
            if ratio:
                valid = statistics.holds(ratio)
                found.append(Control(stack=stack, metric=metric, workload=workload, ratio=ratio, valid=valid))
    return tuple(found)


def agreements(orders: Iterable[Order]) -> tuple[Agreement, ...]:
    """Return how far both orders of a workload agree, for every workload that has both."""
    by_key = {(order.metric, order.workload): order for order in orders}
    found = []
    for (metric, workload), counted in by_key.items():
        other = by_key.get(("processor", workload))
        if metric == "instructions" and other:
            medians = [{stack: one.median for stack, one in order.estimates.items()} for order in (counted, other)]
            if agreed := statistics.agreement(*medians):
                found.append(Agreement(workload=workload, tau=agreed[0], stacks=agreed[1]))
    return tuple(found)


def growths(visits: Iterable[Visit]) -> tuple[Growth, ...]:
    """Return how the cost of every stack grows with everything that was varied."""
    seen: dict[tuple[Growing, str], dict[float, list[float | None]]] = {}
    for visit in visits:
        for window in visit.windows:
            if window.growing and window.at is not None and window.requests:
                points = seen.setdefault((window.growing, visit.stack), {})
                points.setdefault(window.at, []).append(window.microseconds)
        for held in visit.held:
            seen.setdefault(("memory", visit.stack), {}).setdefault(held.connections, []).append(held.pss)
    return tuple(_growth(growing, stack, points) for (growing, stack), points in sorted(seen.items()))


def _growth(growing: Growing, stack: str, values: Mapping[float, Sequence[float | None]]) -> Growth:
    points = tuple((at, statistics.estimate(found).median) for at, found in sorted(values.items()))
    slope, low, high = statistics.exponent(points) or (None, None, None)
    return Growth(
        growing=growing, stack=stack, points=points, exponent=slope, low=low, high=high,
        words=statistics.in_words(points),
    )  # fmt: skip


def at_full_pace(run: BenchmarkRun) -> tuple[Visit, ...]:
    """Return the visits with those windows alone in which nobody slowed the processor."""
    return tuple(
        visit.model_copy(update={"windows": tuple(filter(run.at_full_pace, visit.windows))}) for visit in run.visits
    )


def concluded(run: BenchmarkRun) -> BenchmarkRun:
    """Return the run with what follows from its rounds."""
    visits = at_full_pace(run)
    found = figures(visits, run.instructions)
    orders = tuple(order(key, series) for key, series in sorted(found.items()))
    update = {
        "orders": orders,
        "controls": controls(found, figures(visits, run.instructions, again=True)),
        "agreements": agreements(orders),
        "growth": growths(visits),
    }
    return run.model_copy(update=update)


def write(run: BenchmarkRun, folder: Path) -> Path:
    """Write the run into a new file named after its day, compressed if it is large, and return the file."""
    text = json.dumps(as_data(run), separators=(",", ":"), ensure_ascii=False) + "\n"
    content, ending = text.encode(), ".json"
    if len(content) > LARGEST:
        content, ending = gzip.compress(content, mtime=0), ".json.gz"
    file = folder / f"{_unused(folder, run.moment[:10])}{ending}"
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}")
    draft.write_bytes(content)
    draft.replace(file)
    return file


def _unused(folder: Path, day: str) -> str:
    """Return the day, with a number if there is a run of it."""
    taken: set[Any] = {file.name.partition(".")[0] for file in folder.glob("*.json*")}
    names = [day, *(f"{day}-{number}" for number in range(2, 100))]
    return next(name for name in names if name not in taken)
