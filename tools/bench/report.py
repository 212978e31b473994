"""The tables that `make bench` prints, and the verdict on each target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.bench.builds import Cost
from tools.bench.edits import RECORD, Seen
from tools.bench.processes import Run
from tools.bench.tables import Change

COLD_SHARE = 0.5
"""CPU of a cold build of the real site, at most, where Material's with as many plain pages is 1."""
WARM_SHARE = 0.2
"""The same for a build after which nothing has changed."""
GROWTH = 1.15
"""CPU a page of the largest catalog, at most, where a page of the smallest is 1."""
EDIT_SECONDS = 1.0
"""From saving a record to seeing it, at most, in a browser that reloads by itself."""
CHECK_SECONDS = 1.5
"""On the clock, at most, for `make check`."""
MEMORY = 250
"""MiB at most while the largest catalog is built."""


@dataclass(frozen=True, slots=True)
class Target:
    """What was wanted, and what was measured in the same unit; less is better."""

    name: str
    at_most: float
    measured: float
    unit: str = ""
    digits: int = 2

    @property
    def verdict(self) -> str:
        """Return `met` or `missed`, for the figure as it is printed."""
        return "met" if round(self.measured, self.digits) <= self.at_most else "missed"

    def figure(self, value: float) -> str:
        """Return a figure of this target with its unit."""
        return f"{value:,.{self.digits}f}{self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything that a run measured."""

    machine: str
    real: Sequence[Cost]
    """The real site, in each state."""
    material: Cost
    catalogs: Sequence[Sequence[Cost]]
    """The synthetic catalogs, smallest first, each in each state."""
    checks: Mapping[str, Run]
    """`make check`, by state."""
    seen: Sequence[Seen] = ()
    changed: Sequence[Change] = ()
    """Changes of tables in a browser."""


def report(found: Measured) -> Iterator[str]:
    """Yield the lines of the whole report, in Markdown."""
    costs = [*found.real, found.material, *(cost for costs in found.catalogs for cost in costs)]
    parts = [_builds(costs), _checks(found.checks), _verdicts(targets(found))]
    if found.seen:
        parts.insert(-1, _seen(found.seen))
    yield found.machine
    for part in parts:
        yield from ("", *part)


def targets(found: Measured) -> Iterator[Target]:
    """Yield every target that this run measured."""
    cpu = {cost.state: cost.run.cpu for cost in found.real}
    yield Target("CPU of a cold build, Material = 1", COLD_SHARE, cpu["cold"] / found.material.run.cpu)
    yield Target("CPU of a warm build, Material = 1", WARM_SHARE, cpu["warm"] / found.material.run.cpu)
    cold = [cost for costs in found.catalogs for cost in costs if cost.state == "cold"]
    if len(cold) > 1:
        name = f"CPU a page at {cold[-1].pages.all:,} pages, at {cold[0].pages.all:,} = 1"
        yield Target(name, GROWTH, cold[-1].each / cold[0].each)
    for edit in found.seen:
        if edit.name == RECORD:
            yield Target("From saving a record to seeing it", EDIT_SECONDS, edit.reloaded, " s")
    for state, took in found.checks.items():
        yield Target(f"`make check`, {state}, on the clock", CHECK_SECONDS, took.wall, " s")
    if cold:
        peak = max(cost.run.memory for cost in found.catalogs[-1])
        yield Target(f"Peak memory at {cold[-1].pages.all:,} pages", MEMORY, peak, " MiB", 0)
    yield from table_targets(found.changed)


def table_targets(changed: Iterable[Change]) -> Iterator[Target]:
    """Yield the target of every change of a table."""
    for change in changed:
        name = f"A matrix of {change.rows:,} × {change.columns}: {change.name}"
        yield Target(name, change.at_most, change.took, " ms", 1)


def _builds(costs: Sequence[Cost]) -> Iterator[str]:
    yield from _head("site", "pages", "with code", "build", "CPU s", "ms a page", "peak MiB")
    for cost in costs:
        pages, took = cost.pages, cost.run
        cells = (f"{pages.all:,}", f"{pages.with_code:,}", cost.state, f"{took.cpu:.2f}", f"{cost.each:.2f}")
        yield _row(cost.name, *cells, f"{took.memory:.0f}")


def _checks(checks: Mapping[str, Run]) -> Iterator[str]:
    yield from _head("`make check`", "CPU s", "seconds", "peak MiB")
    for state, took in checks.items():
        yield _row(state, f"{took.cpu:.2f}", f"{took.wall:.2f}", f"{took.memory:.0f}")


def _seen(seen: Sequence[Seen]) -> Iterator[str]:
    yield from _head(
        "under `make serve`, edited", "s to the page, asked for at once", "s to the page, reloaded by itself"
    )
    for found in seen:
        yield _row(found.name, f"{found.asked:.2f}", f"{found.reloaded:.2f}")


def table_report(changed: Iterable[Change]) -> Iterator[str]:
    """Yield the lines of a report about tables alone."""
    return _verdicts(table_targets(changed))


def _verdicts(found: Iterable[Target]) -> Iterator[str]:
    yield from _head("target", "at most", "measured", "verdict")
    for target in found:
        yield _row(target.name, target.figure(target.at_most), target.figure(target.measured), target.verdict)


def _head(first: str, *others: str) -> Iterator[str]:
    yield _row(first, *others)
    yield "|---|" + "---:|" * len(others)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
