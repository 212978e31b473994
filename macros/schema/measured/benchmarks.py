"""What a run of the benchmarks found: data/measured/benchmarks/DAY.json (.json.gz where it is large)."""

from __future__ import annotations

from functools import cached_property
from math import inf
from statistics import median
from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.schema.fields import Id, Plain
from macros.schema.measured.base import Count, Digest, Machine, MeasuredRecord, Moment, Packages, Result, Seen
from macros.schema.measured.benchmark_names import check_names

Lane = Literal["same", "recommended"]
"""Whether a stack runs on the server that all share, or on the one that its documentation recommends."""

Metric = Literal["instructions", "processor"]
"""What is ranked: user-space instructions a request, and processor time a request in microseconds."""

Growing = Literal["body", "rows", "routes", "middleware", "connections", "memory"]
"""What grows: bytes of the body, rows, routes, depth of middleware, connections at once; memory by connections held."""

Positive = Annotated[float, Field(gt=0)]
Size = Annotated[float, Field(ge=0, le=1e12)]
"""How much there is of what grows."""
Cost = Annotated[float, Field(gt=0, le=1e12)]
Quantile = Annotated[str, Field(pattern=r"^\d{1,2}(\.\d{1,3})?$")]
"""A share of requests in per cent."""
Ratio = tuple[Positive, Positive, Positive]
"""How many times as much one needs as another: the estimate, and the lower and upper end of its interval."""


class BenchStack(MeasuredRecord):
    """A framework with its server, as it was installed and started."""

    entry: Id | None = Field(default=None, description="The entry of the catalog; none for a bare server.")
    title: Plain
    language: Plain
    lanes: tuple[Lane, ...] = ()
    server: Plain = Field(description="The server and its options, in words.")
    interface: Plain
    floor: Id | None = Field(default=None, description="The bare server that it is compared with.")
    packages: Packages
    lock: Digest | None = Field(default=None, description="The SHA-256 of the lock that was installed.")
    runtime: Plain


class BenchWorkload(MeasuredRecord):
    """A request that is measured."""

    title: Plain
    request: Plain = Field(description="The request in words, such as `GET /json`.")


class Conformance(MeasuredRecord):
    """What a stack answered to a workload before it was measured."""

    wrong: tuple[Seen, ...] = Field(default=(), description="What is wrong with the answer; nothing if it is right.")
    without: Seen | None = Field(default=None, description="Why the stack does not serve this workload.")
    status: int | None = None
    content_type: Seen | None = None
    body: Digest | None = Field(default=None, description="The SHA-256 of the body.")

    @property
    def right(self) -> bool:
        """Return whether the workload may be measured with this stack."""
        return not self.wrong and self.without is None


class Window(MeasuredRecord):
    """A stretch of time in which requests were counted, and what processors did in the meantime."""

    workload: Id
    growing: Growing | None = None
    at: float | None = Field(default=None, description="How much of what grows.")
    connections: Count
    requests: Count = 0
    seconds: float = 0
    processor: float = Field(default=0, description="Seconds of processor time of the server, with all its processes.")
    load: float = Field(default=0, description="Cores that the load generator kept busy.")
    foreign: float = Field(default=0, description="Cores that everything else kept busy.")
    pace: float | None = Field(
        default=None, description="Milliseconds that a known piece of work took before or after it, the longest of all."
    )
    slices: tuple[float, ...] = Field(
        default=(), description="Microseconds of processor time a request in each of its slices."
    )
    latency: dict[Quantile, Size] = Field(
        default={}, description="Milliseconds by quantile, at a fixed rate, without coordinated omission."
    )
    rate: float | None = Field(default=None, description="Requests a second that were asked for, if they were fixed.")
    failed: Seen | None = Field(default=None, description="Why nothing was counted.")

    @property
    def microseconds(self) -> float:
        """Return the processor time a request, in microseconds: the median of the slices, if the window has any."""
        if self.slices:
            return median(self.slices)
        return 1e6 * self.processor / self.requests if self.requests else 0.0


class Held(MeasuredRecord):
    """The memory of a server that holds connections on which nothing is asked."""

    connections: Count
    pss: float = Field(description="The proportional set size of all its processes, in MiB.")


class Visit(MeasuredRecord):
    """One fresh process of a stack: its start, its windows, its memory, its start after it was killed."""

    part: Plain
    round: Count
    place: Count = Field(description="Its place in the shuffled order of the round.")
    stack: Id
    again: bool = Field(default=False, description="Whether it is the second measurement of the same stack (A/A).")
    start: float | None = Field(default=None, description="Seconds from the start to the first answer.")
    restart: float | None = Field(default=None, description="Seconds from a kill to the first answer of the next.")
    idle: float | None = Field(default=None, description="MiB (PSS) after the first answer.")
    loaded: float | None = Field(default=None, description="MiB (PSS) under load.")
    windows: tuple[Window, ...] = ()
    held: tuple[Held, ...] = ()
    failed: Seen | None = None


class Instructions(MeasuredRecord):
    """The instructions that callgrind counted in one process of a stack."""

    stack: Id
    round: Count
    again: bool = False
    requests: Count = Field(description="Requests that were counted, for each workload.")
    counted: dict[str, Count] = Field(default={}, description="User-space instructions of all of them, by workload.")
    failed: Seen | None = None


class Estimate(MeasuredRecord):
    """A median with its interval."""

    median: float
    low: float
    high: float
    rounds: Count


class Band(MeasuredRecord):
    """Stacks that are tied with the first of them, from the one that needs least."""

    stacks: tuple[Id, ...] = Field(min_length=1)


class Order(MeasuredRecord):
    """The stacks by one metric in one workload."""

    metric: Metric
    workload: Id
    estimates: dict[str, Estimate]
    bands: tuple[Band, ...]
    ratios: dict[str, Ratio] = Field(description="By `a/b`: how many times as much a needs as b.")


class Growth(MeasuredRecord):
    """How the cost of a stack grows."""

    growing: Growing
    stack: Id
    points: tuple[tuple[Size, Cost], ...] = Field(description="What grows, and the median cost.")
    exponent: float | None = Field(default=None, description="The slope on logarithmic axes.")
    low: float | None = None
    high: float | None = None
    words: Plain = Field(description="The growth in words.")


class Control(MeasuredRecord):
    """One stack, measured twice as if it were two (A/A): what differs is noise."""

    stack: Id
    metric: Metric
    workload: Id
    ratio: Ratio
    valid: bool


class Agreement(MeasuredRecord):
    """How far the orders by both metrics agree in a workload: Kendall's τ over the stacks that have both."""

    workload: Id
    tau: float
    stacks: Count


class Protocol(MeasuredRecord):
    """How the run was made: its limits and lengths."""

    rounds: Count
    window: Positive = Field(description="Seconds of a window.")
    warm_up: Positive
    warm_up_node: Positive
    warm_up_further: Positive = Field(description="The share of it before each further workload of the same process.")
    connections: Count
    counted: Count = Field(description="Requests under callgrind.")
    tie: Positive = Field(description="A ratio nearer to 1 than this share is a tie.")
    tie_instructions: Positive
    void: Positive = Field(description="A control that differs by more than this share voids the run.")
    disturbed: Positive = Field(description="A run in half of whose windows more foreign cores were busy is void.")
    quiet: Positive = Field(description="The most foreign cores of a quiet window.")
    saturated: Positive = Field(description="The least cores of the server in a window that shows requests a second.")
    relaxed: Positive = Field(description="The most cores of the load generator in such a window.")
    pace: Positive | None = Field(
        default=None,
        description="A window counts if its piece of work took at most this share longer than the run’s least.",
    )
    slice: Positive | None = Field(default=None, description="Seconds of a slice of a ranked window.")
    slices: Count | None = Field(default=None, description="Slices of a ranked window.")
    seed: Count

    def comparable(self, window: Window) -> bool:
        """Return whether the window shows requests a second: nothing but the server limited it."""
        quiet = window.foreign < self.quiet and window.load < self.relaxed
        return quiet and window.seconds > 0 and window.processor / window.seconds >= self.saturated

    def undisturbed(self, window: Window) -> bool:
        """Return whether the window shows latency at a fixed rate: the machine had time for both sides."""
        return window.foreign < self.quiet and window.load < self.relaxed


class BenchmarkRun(Result):
    """A run: what was measured on which machine, every round of it, and what follows."""

    began: Moment
    profile: Plain = Field(description="How much was measured, in a word.")
    revision: Plain = Field(description="The commit of the repository.")
    machine: Machine
    tools: dict[str, Plain]
    settings: dict[str, Plain] = Field(default={}, description="Settings of the database.")
    protocol: Protocol
    stacks: dict[str, BenchStack]
    workloads: dict[str, BenchWorkload]
    answers: dict[str, dict[str, Conformance]] = Field(description="By stack and workload.")
    instructions: tuple[Instructions, ...] = ()
    visits: tuple[Visit, ...] = ()
    orders: tuple[Order, ...] = ()
    controls: tuple[Control, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    growth: tuple[Growth, ...] = ()

    _names_what_it_lists = model_validator(mode="after")(check_names)

    @property
    def valid(self) -> bool:
        """Return whether there is a control, every control holds, and the machine did little else."""
        return not self.void

    @property
    def void(self) -> str:
        """Return why nothing may be ranked by the run; nothing if it is valid."""
        if not self.controls:
            return "it has no control"
        if failed := [control for control in self.controls if not control.valid]:
            worst = max(max(control.ratio[0], 1 / control.ratio[0]) for control in failed)
            return f"its control differs from itself by {100 * (worst - 1):.0f} %"
        if self.foreign > self.protocol.disturbed:
            return f"everything else kept {self.foreign:.1f} cores busy"
        return ""

    def comparable(self, window: Window) -> bool:
        """Return whether the window shows requests a second: nothing but the server limited it."""
        return self.protocol.comparable(window) and self.at_full_pace(window)

    def undisturbed(self, window: Window) -> bool:
        """Return whether the window shows latency: the machine had time for both sides, at its full pace."""
        return self.protocol.undisturbed(window) and self.at_full_pace(window)

    def at_full_pace(self, window: Window) -> bool:
        """Return whether the processor was as fast around the window as it ever was in the run.

        Every window is, where the pace was not read.
        """
        if window.pace is None or self.protocol.pace is None:
            return True
        return window.pace <= (1 + self.protocol.pace) * self.least_pace

    @cached_property
    def least_pace(self) -> float:
        """Return the least milliseconds that the piece of work took around a window; infinite if it was not read."""
        paces = (window.pace for visit in self.visits for window in visit.windows)
        return min((pace for pace in paces if pace is not None), default=inf)

    @property
    def foreign(self) -> float:
        """Return the cores that everything else kept busy in the median window."""
        return median([window.foreign for visit in self.visits for window in visit.windows if not window.failed] or [0])

    def order(self, metric: Metric, workload: str) -> Order | None:
        """Return the order by a metric in a workload, if it was measured."""
        found = (order for order in self.orders if order.metric == metric and order.workload == workload)
        return next(found, None)
