"""The form of measures, benchmarks and citations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict  # pydantic reads no other on Python 3.11

from macros.schema.measured.benchmarks import Growing, Lane, Metric
from macros.schema.measured.citations import CitationStatus, Way
from macros.views.api.models.fields import Better, Count, Day, Figure, Path


class MeasuredEntry(Figure):
    """The figure of one entry."""

    entry: str


class Measure(TypedDict):
    """What is measured of the entries of a kind, the best first."""

    id: str
    kind: str
    name: str
    question: str
    how: str
    unit: str
    better: Better
    values: list[MeasuredEntry]
    path: Annotated[str | None, Field(description="The address of its page; null where too few are measured.")]


class Measures(TypedDict):
    """All measures of all kinds, as far as anything is measured."""

    measures: list[Measure]


class Stack(TypedDict):
    """A framework with its server, as it was measured."""

    id: str
    entry: Annotated[str | None, Field(description="Null for a bare server.")]
    title: str
    language: str
    lanes: list[Lane]
    server: str
    interface: str
    runtime: str
    floor: Annotated[str | None, Field(description="The bare server that it is compared with.")]
    packages: dict[str, str]


class Estimate(TypedDict):
    """The median of the rounds with its interval."""

    stack: str
    median: float
    low: float
    high: float
    rounds: Count
    band: Annotated[int, Field(description="1 for the stacks that need least; a band is a tie.", ge=1)]


class Order(TypedDict):
    """The stacks by one metric in one workload, from the one that needs least."""

    metric: Metric
    unit: str
    estimates: list[Estimate]


class Workload(TypedDict):
    """A request that was measured."""

    id: str
    title: str
    request: str
    path: Path
    orders: list[Order]


class Growth(TypedDict):
    """How the cost of a stack grows."""

    stack: str
    growing: Growing
    exponent: Annotated[float | None, Field(description="The slope on logarithmic axes.")]
    words: str


class Control(TypedDict):
    """One stack, measured twice as if it were two: what differs is noise."""

    stack: str
    metric: Metric
    workload: str
    ratio: float


class Run(TypedDict):
    """A run of the benchmarks."""

    day: Day
    profile: str
    revision: str
    command: str
    machine: str
    stacks: list[Stack]
    workloads: list[Workload]
    growth: list[Growth]
    controls: list[Control]


class Benchmarks(TypedDict):
    """The newest valid run, or null if there is none."""

    run: Run | None


class Citation(TypedDict):
    """The words that a fact points at, and what became of them when a program read the page again."""

    entry: str
    criterion: str
    source: str
    at: str
    version: str | None
    checked: Day
    status: Annotated[CitationStatus | None, Field(description="Null where nobody looked since the record changed.")]
    changed: Annotated[bool, Field(description="Whether the words between the first and the last ones are others now.")]
    read: Annotated[str | None, Field(description="When the program read the page, in UTC.")]
    how: Way | None
    release: Annotated[str | None, Field(description="The tag, the version or the commit that was read.")]
    document: Annotated[str | None, Field(description="The file that the page is made from.")]
    line: int | None


class Absence(TypedDict):
    """How often the words of what does not exist occur in the whole documentation."""

    entry: str
    criterion: str
    version: str | None
    words: Annotated[dict[str, Count], Field(description="How often each word occurs, other meanings left out.")]
    pages: Annotated[Count, Field(description="The files of the documentation.")]
    read: str
    how: Way | None
    release: str | None


class Citations(TypedDict):
    """The words of all facts that point at some, and the counted absences. Inherited facts are left out."""

    citations: list[Citation]
    absences: list[Absence]
