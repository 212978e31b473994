"""What is measured of entries: how each figure is read and written, and how it was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from macros.catalog.model import Catalog, Entry
from macros.schema.measured.base import day_of
from macros.views.text import fixed, in_words, percent, plural, size


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A figure of an entry: its value, what it was read of, the day, the command that repeats it, and a page."""

    value: float
    of: str
    day: date
    command: str = ""
    source: str = ""
    machine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSpec:
    """A measure: what it asks, how a figure of it is read and written, and how it was measured."""

    id: str
    name: str
    question: str
    how: str
    read: Callable[[Catalog, Entry], Reading | None]
    write: Callable[[float], str]
    unit: str
    """The unit of the value as it is read, for programs."""
    less: bool = True
    """Whether less of it is better."""
    log: bool = False
    """Whether the values are so far apart that the axis has a step for each power of ten."""

    @property
    def ends(self) -> tuple[str, str]:
        """Return the words for its best end and for the other."""
        return ("Least", "Most") if self.less else ("Most", "Least")


def _footprint(name: str) -> Callable[[Catalog, Entry], Reading | None]:
    def read(_: Catalog, entry: Entry) -> Reading | None:
        found = entry.footprint
        if found is None:
            return None
        return Reading(
            value=getattr(found, name).median,
            of=f"{found.version}, {found.server}, {found.runtime}",
            day=day_of(found.moment),
            command=found.command,
            machine=found.machine.in_words,
        )

    return read


def _registry(pick: Callable[[Entry], float | None]) -> Callable[[Catalog, Entry], Reading | None]:
    def read(_: Catalog, entry: Entry) -> Reading | None:
        value, found = pick(entry), entry.reading
        if value is None or found is None:
            return None
        return Reading(value=value, of=found.latest.version, day=day_of(found.moment), command=found.command)

    return read


def _size(entry: Entry) -> float | None:
    installed = entry.reading.installed_size if entry.reading else None
    return installed.with_dependencies if installed else None


def _dependencies(entry: Entry) -> float | None:
    needed = entry.reading.dependencies if entry.reading else None
    return len(needed.direct) + needed.transitive if needed else None


def _books(name: str) -> Callable[[Catalog, Entry], Reading | None]:
    def read(catalog: Catalog, entry: Entry) -> Reading | None:
        measure = catalog.measured.get(name)
        found, run = measure and measure.values.get(entry.id), catalog.readings.books.get(entry.id)
        return Reading(value=found.value, of="", day=found.day, command=run.command) if found and run else None

    return read


def _cost(catalog: Catalog, entry: Entry) -> Reading | None:
    measure = catalog.measured.get("cpu-per-request")
    found = measure and measure.values.get(entry.id)
    return Reading(value=found.value, of="", day=found.day, command=measure.command) if measure and found else None


def _types(_: Catalog, entry: Entry) -> Reading | None:
    found = entry.type_coverage
    if found is None:
        return None
    return Reading(
        value=found.share,
        of=f"{found.version}, {found.tool.name} {found.tool.version}",
        day=day_of(found.moment),
        command=found.command,
    )


def _popularity(name: str) -> Callable[[Catalog, Entry], Reading | None]:
    def read(_: Catalog, entry: Entry) -> Reading | None:
        found = getattr(entry.popularity, name) if entry.popularity else None
        return found and Reading(value=found.value, of=found.counts, day=found.day, source=found.source)

    return read


def _specs() -> Iterator[MeasureSpec]:
    yield MeasureSpec(
        id="memory",
        name="Idle memory",
        question="How much memory does the smallest useful server take?",
        how="A server with one route is started with one worker and answers one request. Then the proportional set "
        "size (PSS) of all its processes is read. It is the median of several starts.",
        read=_footprint("idle_pss"),
        write=lambda value: f"{value:.0f} MiB",
        unit="MiB",
    )
    yield MeasureSpec(
        id="start",
        name="Start to first response",
        question="How long does it take from the start of the process to the first response?",
        how="A server with one route is started and asked until it answers. The time from the start of the process to "
        "the end of the first response is the median of several starts.",
        read=_footprint("first_response"),
        write=lambda value: f"{value:.0f} ms",
        unit="ms",
    )
    yield MeasureSpec(
        id="size",
        name="Installed size",
        question="How much disk space does it take, with everything that it installs?",
        how="The newest release is installed without extras. The bytes of the package and of all its dependencies are "
        "added up, without compiled bytecode.",
        read=_registry(_size),
        write=lambda value: size(int(value)),
        unit="bytes",
    )
    yield MeasureSpec(
        id="dependencies",
        name="Dependencies",
        question="How many other packages does it install?",
        how="The newest release is installed without extras. All packages that come with it are counted, direct and "
        "indirect ones.",
        read=_registry(_dependencies),
        write=lambda value: plural(int(value), "package"),
        unit="packages",
    )
    yield MeasureSpec(
        id="cost",
        name="Processor time per request",
        question="Which framework is the fastest: how much processor time does a request take?",
        how="A server with one worker answers three kinds of requests: JSON, typed parameters, a validated body. The "
        "processor time of all its processes is divided by the requests; it is the geometric mean of the three "
        "medians, so that each kind has the same say.",
        read=_cost,
        write=lambda value: f"{value:.0f} µs",
        unit="µs",
        log=True,
    )
    yield from _of_code()
    yield from _of_the_project()


def _of_code() -> Iterator[MeasureSpec]:
    yield MeasureSpec(
        id="lines",
        name="Lines of code",
        question="How many lines does the same application take?",
        how="One book catalogue is written in every framework and run by the same tests. A line counts unless it is "
        "blank or only a comment or a docstring.",
        read=_books("books-lines"),
        write=lambda value: plural(int(value), "line"),
        unit="lines",
    )
    yield MeasureSpec(
        id="names",
        name="Names to know",
        question="How many names must you know to write the same application?",
        how="One book catalogue is written in every framework and run by the same tests. A name is something that the "
        "application imports from outside itself, including from the standard library.",
        read=_books("books-names"),
        write=lambda value: plural(int(value), "name"),
        unit="names",
    )
    yield MeasureSpec(
        id="types",
        name="Names with known types",
        question="How many of its public names have types that a checker knows?",
        how="A type checker looks at every public name of the package. The share is of names whose types it knows "
        "completely.",
        read=_types,
        write=percent,
        unit="share from 0 to 1",
        less=False,
    )


def _of_the_project() -> Iterator[MeasureSpec]:
    yield MeasureSpec(
        id="releases",
        name="Releases in 24 months",
        question="How often is it released?",
        how="The final releases of the last 24 months in the package registry are counted. Withdrawn ones are left "
        "out.",
        read=_registry(lambda entry: entry.reading.releases_24_months if entry.reading else None),
        write=lambda value: fixed(value, 0),
        unit="releases",
        less=False,
    )
    yield MeasureSpec(
        id="gap",
        name="Longest gap in 24 months",
        question="How long did it go without a release?",
        how="The longest time between two releases in the last 24 months, as the package registry dates them.",
        read=_registry(lambda entry: entry.reading.longest_gap_24_months if entry.reading else None),
        write=lambda value: plural(int(value), "day"),
        unit="days",
    )
    yield MeasureSpec(
        id="downloads",
        name="Downloads a month",
        question="How often is it downloaded?",
        how="Downloads of the package in one month. Automatic builds and other packages that need it count as well.",
        read=_popularity("downloads"),
        write=in_words,
        unit="downloads a month",
        less=False,
        log=True,
    )
    yield MeasureSpec(
        id="stars",
        name="Stars on GitHub",
        question="How many people have starred it?",
        how="Stars of the repository, as far as it is in the list that was read.",
        read=_popularity("stars"),
        write=lambda value: f"{value:,.0f}",
        unit="stars",
        less=False,
    )


MEASURES: Mapping[str, MeasureSpec] = {spec.id: spec for spec in _specs()}
"""Every measure, by its id."""
