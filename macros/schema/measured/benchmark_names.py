"""What a run of the benchmarks names must be in its lists of stacks and workloads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from macros.schema.measured.benchmarks import BenchmarkRun


def check_names(run: BenchmarkRun) -> BenchmarkRun:
    """Return the run; raise PydanticCustomError if it names a stack or a workload that it does not list.

    The bands of an order must be of the same stacks as its estimates, too.
    """
    for what, named, listed in (
        ("stack", _stacks_named(run), run.stacks),
        ("workload", _workloads_named(run), run.workloads),
    ):
        if missing := sorted(set(named) - listed.keys()):
            told = {"what": what, "name": missing[0]}
            raise PydanticCustomError("not_listed", "names the {what} {name}, which is not in {what}s", told)
    for order in run.orders:
        in_bands = [stack for band in order.bands for stack in band.stacks]
        if sorted(in_bands) != sorted(order.estimates):
            told = {"metric": order.metric, "name": order.workload}
            message = "has an order of {name} by {metric} whose estimates and bands are not of the same stacks"
            raise PydanticCustomError("not_in_a_band", message, told)
    return run


def _stacks_named(run: BenchmarkRun) -> Iterator[str]:
    yield from (stack.floor for stack in run.stacks.values() if stack.floor)
    yield from run.answers
    yield from (counted.stack for counted in run.instructions)
    yield from (visit.stack for visit in run.visits)
    yield from (control.stack for control in run.controls)
    yield from (growth.stack for growth in run.growth)
    for order in run.orders:
        yield from (*order.estimates, *(stack for ratio in order.ratios for stack in ratio.split("/")))


def _workloads_named(run: BenchmarkRun) -> Iterator[str]:
    yield from (name for answers in run.answers.values() for name in answers)
    yield from (name for one in run.instructions for name in one.counted)
    yield from (window.workload for visit in run.visits for window in visit.windows)
    yield from (order.workload for order in run.orders)
    yield from (control.workload for control in run.controls)
    yield from (agreement.workload for agreement in run.agreements)
