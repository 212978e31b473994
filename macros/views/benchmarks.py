"""What the pages about the benchmarks need, and the panels on the pages of entries and pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from macros.catalog.benchmarks import newest_valid
from macros.catalog.model import Catalog
from macros.schema.measured.base import day_of
from macros.schema.measured.benchmarks import BenchmarkRun, BenchStack, Metric, Order, Visit
from macros.views.benchmark_growth import GrowthSection, growth_sections
from macros.views.benchmark_times import LatencyView, WaitingView, latency_view, waiting_view
from macros.views.dots import UNITS, DotPlot, dot_plot, figure

METRICS: tuple[Metric, ...] = ("instructions", "processor")
FIRST = ("json", "items", "post", "rows")
"""The workloads that the overview shows first."""
MONTH_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a stack needs for a workload by a metric: the median with its interval, its band, and against its floor."""

    median: str
    interval: str
    band: int
    """1 for the stacks that need least."""
    tied: int
    """How many others are in the band."""
    above: str = ""
    """What it needs above the bare server that it stands on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRow:
    """A stack in the table of a workload."""

    id: str
    stack: BenchStack
    costs: Mapping[Metric, Cost | None]
    per_second: str
    """Requests a second, or that they are not comparable."""
    per_month: str
    """Requests a month that one core could answer, in millions."""

    @property
    def lanes(self) -> str:
        """Return the lanes in words."""
        return " and ".join(self.stack.lanes) if self.stack.entry else "floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadView:
    """The page of a workload."""

    id: str
    title: str
    request: str
    plots: tuple[DotPlot, ...]
    rows: tuple[StackRow, ...]
    failing: tuple[tuple[str, BenchStack, str], ...]
    """Stacks that are not measured, and why."""
    agreement: str
    run: RunView

    @property
    def url(self) -> str:
        """Return the address of the page, from the root of the site."""
        return f"benchmarks/{self.id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessRow:
    """What a process of a stack needs besides requests, as medians."""

    id: str
    stack: BenchStack
    start: str
    restart: str
    idle: str
    loaded: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run: its day, its machine, its controls."""

    name: str
    run: BenchmarkRun

    @property
    def day(self) -> date:
        """Return the day of the run."""
        return day_of(self.run.moment)

    @property
    def worst_control(self) -> Mapping[Metric, str]:
        """Return how far the two measurements of the control stack differ at most, by metric, in per cent."""
        found = {}
        for metric in METRICS:
            off = [max(c.ratio[0], 1 / c.ratio[0]) - 1 for c in self.run.controls if c.metric == metric]
            if off:
                found[metric] = f"{100 * max(off):.1f} %"
        return found

    @property
    def control(self) -> str:
        """Return the stack that was measured twice."""
        return self.run.stacks[self.run.controls[0].stack].title if self.run.controls else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarksView:
    """The overview: the newest valid run with its workloads, and all runs.

    Growth, latency and waiting rank nothing. They come from the newest run that measured them, even if it is void.
    """

    newest: RunView
    grown: RunView
    """The run that `growth` comes from."""
    timed: RunView
    """The run that `latency` and `waiting` come from."""
    workloads: tuple[WorkloadView, ...]
    processes: tuple[ProcessRow, ...]
    growth: tuple[GrowthSection, ...]
    latency: LatencyView | None
    waiting: WaitingView | None
    runs: tuple[RunView, ...]

    @property
    def first(self) -> tuple[WorkloadView, ...]:
        """Return the workloads whose plots the overview shows."""
        return tuple(view for view in self.workloads if view.id in FIRST)


def benchmarks_view(catalog: Catalog) -> BenchmarksView | None:
    """Return the overview, or None if there is no valid run."""
    runs = catalog.readings.benchmarks
    run = newest_valid(runs)
    if not run:
        return None
    views = {name: RunView(name=name, run=one) for name, one in runs.items()}
    newest = next(view for view in views.values() if view.run is run)
    by_day = sorted(views.values(), key=lambda view: view.run.moment, reverse=True)
    grown = next((view for view in by_day if any(one.growing != "memory" for one in view.run.growth)), newest)
    times = ((view, latency_view(view.run), waiting_view(view.run)) for view in by_day)
    timed, latency, waiting = next((found for found in times if any(found[1:])), (newest, None, None))
    return BenchmarksView(
        newest=newest,
        grown=grown,
        timed=timed,
        workloads=tuple(_workload(newest, name) for name in _measured(run)),
        processes=tuple(_processes(run)),
        growth=tuple(growth_sections(grown.run)),
        latency=latency,
        waiting=waiting,
        runs=tuple(by_day),
    )


def _measured(run: BenchmarkRun) -> list[str]:
    """Return the workloads that have an order, those of the overview first."""
    names = {order.workload for order in run.orders}
    return [*(name for name in FIRST if name in names), *sorted(names - {*FIRST})]


def _workload(view: RunView, name: str) -> WorkloadView:
    run = view.run
    orders = {metric: order for metric in METRICS if (order := run.order(metric, name))}
    leading = orders.get("processor") or next(iter(orders.values()))
    rows = [_row(run, name, stack, orders) for band in leading.bands for stack in band.stacks]
    agreed = next((found for found in run.agreements if found.workload == name), None)
    about = run.workloads[name]
    return WorkloadView(
        id=name, title=about.title, request=about.request, plots=tuple(dot_plot(run, one) for one in orders.values()),
        rows=tuple(rows), failing=tuple(_failing(run, name)), run=view,
        agreement=f"{agreed.tau:.2f} over {agreed.stacks} stacks" if agreed else "",
    )  # fmt: skip


def _failing(run: BenchmarkRun, workload: str) -> Iterator[tuple[str, BenchStack, str]]:
    """Yield the stacks that decline the workload, answered wrongly or failed under load, with the reason."""
    for name, answers in run.answers.items():
        found = answers.get(workload)
        if found and not found.right:
            yield name, run.stacks[name], found.without or "; ".join(found.wrong)
    failed = {
        visit.stack: window.failed for visit in run.visits for window in visit.windows
        if window.failed and window.workload == workload and window.growing is None
    }  # fmt: skip
    yield from ((name, run.stacks[name], f"under load: {why}") for name, why in failed.items())


def _row(run: BenchmarkRun, workload: str, name: str, orders: Mapping[Metric, Order]) -> StackRow:
    stack = run.stacks[name]
    costs = {metric: _cost(orders[metric], name, stack.floor) if metric in orders else None for metric in METRICS}
    processor = orders["processor"].estimates.get(name) if "processor" in orders else None
    return StackRow(
        id=name, stack=stack, costs=costs, per_second=_per_second(run, workload, name),
        per_month=figure(MONTH_SECONDS / processor.median) if processor else "",
    )  # fmt: skip


def _cost(order: Order, name: str, floor: str | None) -> Cost | None:
    one, factor = order.estimates.get(name), UNITS[order.metric][2]
    if not one:
        return None
    number, band = next((number, band) for number, band in enumerate(order.bands, 1) if name in band.stacks)
    under = order.estimates.get(floor) if floor else None
    return Cost(
        median=figure(one.median * factor),
        interval=f"{figure(one.low * factor)} to {figure(one.high * factor)}",
        band=number,
        tied=len(band.stacks) - 1,
        above=_signed((one.median - under.median) * factor) if under else "",
    )


def _signed(value: float) -> str:
    return f"+{figure(value)}" if value > 0 else f"−{figure(-value)}" if value < 0 else "0"


def _per_second(run: BenchmarkRun, workload: str, stack: str) -> str:
    """Return the median of the requests a second from windows in which nothing but the server limited them."""
    windows = [
        window for visit in run.visits if visit.stack == stack for window in visit.windows
        if window.workload == workload and window.growing is None and window.rate is None
    ]  # fmt: skip
    found = [window.requests / window.seconds for window in windows if run.comparable(window)]
    return f"{median(found):,.0f}" if found else "not comparable"


def _processes(run: BenchmarkRun) -> Iterator[ProcessRow]:
    for name, stack in run.stacks.items():
        visits = [visit for visit in run.visits if visit.stack == name and not visit.failed]
        if visits:
            yield ProcessRow(
                id=name, stack=stack, start=_middle(visits, "start", 1000, "ms"),
                restart=_middle(visits, "restart", 1000, "ms"), idle=_middle(visits, "idle", 1, "MiB"),
                loaded=_middle([v for v in visits if v.part == "core"], "loaded", 1, "MiB"), held=_held(visits),
            )  # fmt: skip


def _middle(visits: list[Visit], name: str, factor: float, unit: str) -> str:
    values = [value for visit in visits if (value := getattr(visit, name)) is not None]
    return f"{figure(median(values) * factor)} {unit}" if values else ""


def _held(visits: list[Visit]) -> str:
    """Return the memory of one connection that is held, in KiB, or that no growth was seen."""
    for visit in visits:
        sizes = {held.connections: held.pss for held in visit.held}
        if len(sizes) > 1:
            most, least = max(sizes), min(sizes)
            each = 1024 * (sizes[most] - sizes[least]) / (most - least)
            return f"{figure(each)} KiB" if each > 0 else "no growth seen"
    return ""
