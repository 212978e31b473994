"""What a client waits for: latency at a fixed rate, and the answers of a handler that waits itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from statistics import median

from macros.catalog.benchmarks import WAITED
from macros.schema.measured.benchmarks import BenchmarkRun, BenchStack, Window
from macros.views.dots import figure

WAITING = "wait-"
"""How the workloads that wait are called, before the number of requests at once."""
NONE_ANSWERED = "none in time"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesRow:
    """A stack with its figures, or why there is none."""

    id: str
    stack: BenchStack
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencyView:
    """Latency at a fixed rate."""

    rate: str
    connections: str
    quantiles: tuple[str, ...]
    rows: tuple[TimesRow, ...]
    disturbed: tuple[BenchStack, ...]
    """Stacks without a window in which the machine had time for both sides."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return what the figures of a row are: milliseconds by quantile, and from how many windows they come."""
        return (*(f"{share} %, ms" for share in self.quantiles), "Windows")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """Answers a second of a handler that waits for another service."""

    milliseconds: int
    at_once: tuple[int, ...]
    most: tuple[str, ...]
    """What could be answered a second if nothing else took time."""
    rows: tuple[TimesRow, ...]
    disturbed: tuple[BenchStack, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return what the figures of a row are."""
        return tuple(f"Answers a second, {number} at once" for number in self.at_once)


def latency_view(run: BenchmarkRun) -> LatencyView | None:
    """Return the latency of every stack; None if the run has none."""
    found = _windows(run, lambda window: window.rate is not None and bool(window.latency))
    every = [window for windows in found.values() for window in windows]
    if not every:
        return None
    quantiles = tuple(sorted({share for window in every for share in window.latency}, key=float))
    good = {stack: [one for one in windows if run.undisturbed(one)] for stack, windows in found.items()}
    middles = {
        stack: tuple(_middle(windows, share) for share in quantiles) for stack, windows in good.items() if windows
    }
    return LatencyView(
        rate=f"{every[0].rate:,.0f}", connections=f"{every[0].connections:,}",
        quantiles=quantiles,
        rows=tuple(
            _row(run, stack, [*(figure(at) if at < inf else "–" for at in middles[stack]), str(len(good[stack]))])
            for stack in sorted(middles, key=lambda stack: middles[stack])
        ),
        disturbed=tuple(run.stacks[stack] for stack in found if stack not in middles),
    )  # fmt: skip


def waiting_view(run: BenchmarkRun) -> WaitingView | None:
    """Return what every stack answers while its handler waits; None if the run did not ask."""
    found = _windows(run, lambda window: window.workload.startswith(WAITING) and window.growing is None)
    at_once = tuple(sorted({window.connections for windows in found.values() for window in windows}))
    if not at_once:
        return None
    rates = {stack: [_per_second(run, windows, number) for number in at_once] for stack, windows in found.items()}
    told = {stack: values for stack, values in rates.items() if any(values)}
    failed = {
        (stack, window.connections) for stack, window in _all(run)
        if window.failed and window.workload.startswith(WAITING)
    }  # fmt: skip

    def words(stack: str, number: int, value: float) -> str:
        return figure(value) if value else NONE_ANSWERED if (stack, number) in failed else "disturbed"

    return WaitingView(
        milliseconds=round(1000 * WAITED), at_once=at_once,
        most=tuple(f"{number / WAITED:,.0f}" for number in at_once),
        rows=tuple(
            _row(run, stack, [words(stack, *of) for of in zip(at_once, told[stack], strict=True)])
            for stack in sorted(told, key=lambda stack: [-value for value in reversed(told[stack])])
        ),
        disturbed=tuple(run.stacks[stack] for stack in found if stack not in told),
    )  # fmt: skip


def _windows(run: BenchmarkRun, wanted: Callable[[Window], bool]) -> dict[str, list[Window]]:
    found: dict[str, list[Window]] = {}
    for stack, window in _all(run):
        if wanted(window) and not window.failed and window.requests and window.seconds > 0:
            found.setdefault(stack, []).append(window)
    return found


def _all(run: BenchmarkRun) -> Iterator[tuple[str, Window]]:
    for visit in run.visits:
        if not visit.again and visit.stack in run.stacks:
            yield from ((visit.stack, window) for window in visit.windows)


def _per_second(run: BenchmarkRun, windows: list[Window], at_once: int) -> float:
    """Return the median of the answers a second in undisturbed windows with so many at once; 0 if there is none."""
    rates = [
        window.requests / window.seconds for window in windows
        if window.connections == at_once and run.undisturbed(window)
    ]  # fmt: skip
    return median(rates) if rates else 0.0


def _middle(windows: list[Window], share: str) -> float:
    """Return the median of a quantile over windows; infinity if none has it."""
    found = [window.latency[share] for window in windows if share in window.latency]
    return median(found) if found else inf


def _row(run: BenchmarkRun, stack: str, figures: list[str]) -> TimesRow:
    return TimesRow(id=stack, stack=run.stacks[stack], figures=tuple(figures))
