"""What requests cost, on the page of an entry and of a pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.catalog.benchmarks import stacks_of
from macros.schema.measured.benchmarks import BenchmarkRun, BenchStack, Metric, Order
from macros.views.benchmarks import METRICS, BenchmarksView, RunView, StackRow, WorkloadView


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCosts:
    """The panel of an entry: its stacks in the rated workloads."""

    run: RunView
    rows: tuple[tuple[WorkloadView, tuple[StackRow, ...]], ...]


def entry_costs(view: BenchmarksView | None, entry: str) -> EntryCosts | None:
    """Return the panel of an entry, or None if none of its stacks was measured."""
    if not view:
        return None
    found = [(one, tuple(row for row in one.rows if row.stack.entry == entry)) for one in view.first]
    rows = tuple((one, own) for one, own in found if own)
    return EntryCosts(run=view.newest, rows=rows) if rows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioRow:
    """How many times as much the first of a pair needs as the second, for a workload, by metric."""

    workload: WorkloadView
    ratios: Mapping[Metric, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCosts:
    """The panel of a pair: the two stacks, and the ratio in each workload."""

    run: RunView
    stacks: tuple[BenchStack, BenchStack]
    rows: tuple[RatioRow, ...]


def pair_costs(view: BenchmarksView | None, one: str, other: str) -> PairCosts | None:
    """Return the panel of a pair, or None unless both were measured in the same workload."""
    if not view:
        return None
    run = view.newest.run
    chosen = stacks_of(run)
    if one not in chosen or other not in chosen:
        return None
    both = chosen[one], chosen[other]
    rows = []
    for workload in view.workloads:
        orders = {metric: run.order(metric, workload.id) for metric in METRICS}
        ratios = {metric: _ratio(run, order, both) if order else "" for metric, order in orders.items()}
        if any(ratios.values()):
            rows.append(RatioRow(workload=workload, ratios=ratios))
    stacks = run.stacks[both[0]], run.stacks[both[1]]
    return PairCosts(run=view.newest, stacks=stacks, rows=tuple(rows)) if rows else None


def _ratio(run: BenchmarkRun, order: Order, both: tuple[str, str]) -> str:
    """Return how many times as much, with the interval, or that they are tied; nothing if there is no ratio."""
    found = order.ratios.get(f"{both[0]}/{both[1]}")
    if not found and (turned := order.ratios.get(f"{both[1]}/{both[0]}")):
        found = 1 / turned[0], 1 / turned[2], 1 / turned[1]
    if not found:
        return ""
    middle, low, high = found
    limit = 1 + (run.protocol.tie if order.metric == "processor" else run.protocol.tie_instructions)
    figures = f"{middle:.2f} ({low:.2f} to {high:.2f})"
    return figures if low > limit or high < 1 / limit else f"tied: {figures}"
