"""What is measured of entries: how each figure is read and written, and what the page of a measure needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from macros.catalog.model import Catalog, Entry, Kind
from macros.schema.measured.base import day_of
from macros.schema.routes import CRITERIA
from macros.views.plot import Strip, strip
from macros.views.text import fixed, in_words, long_date, percent, plural, size

NAMED = 4
"""How many entries the answer to a measure names."""
FEWEST = 2
"""Entries of a kind that must be measured before the measure has a page."""
BAR = 5.0
"""The length of the longest bar, in the unit of bars."""


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
    less: bool = True
    """Whether less of it is better."""
    log: bool = False
    """Whether the values are so far apart that the axis has a step for each power of ten."""

    @property
    def ends(self) -> tuple[str, str]:
        """Return the words for its best end and for the other."""
        return ("Least", "Most") if self.less else ("Most", "Least")


@dataclass(frozen=True, slots=True)
class MeasuredEntry:
    """An entry with its figure, as text and as a bar from 0 to 5."""

    entry: Entry
    reading: Reading
    text: str
    bar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure over the entries of a kind, the best first."""

    id: str
    name: str
    question: str
    how: str
    ends: tuple[str, str]
    """The words for its best end and for the other."""
    kind: Kind
    rows: tuple[MeasuredEntry, ...]
    unmeasured: tuple[Entry, ...]
    strip: Strip[Entry]
    others: tuple[tuple[str, str], ...]
    """The other measures of the kind: their names and the addresses of their pages."""

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return measure_url(self.kind.id, self.id)

    @property
    def sentence(self) -> str:
        """Return the answer in words: the best, and the other end."""
        named = ", ".join(f"{row.entry.name} {row.text}" for row in self.rows[:NAMED])
        last = self.rows[-1]
        best, worst = self.ends
        other = f" {worst}: {last.entry.name} {last.text}." if len(self.rows) > NAMED else ""
        return f"{best}: {named}; {len(self.rows)} measured.{other}"

    @property
    def days(self) -> str:
        """Return the day of the readings, or the first and the last."""
        first, last = (pick(row.reading.day for row in self.rows) for pick in (min, max))
        return long_date(first) if first == last else f"{long_date(first)} to {long_date(last)}"

    @property
    def told_of(self) -> str:
        """Return what all figures were read of if that is the same; otherwise each row says it."""
        found = {row.reading.of for row in self.rows}
        return found.pop() if len(found) == 1 else ""

    @property
    def source(self) -> str:
        """Return the page of all figures if it is one; otherwise each row has its own."""
        found = {row.reading.source for row in self.rows}
        return found.pop() if len(found) == 1 else ""

    @property
    def machines(self) -> tuple[str, ...]:
        """Return the machines that it was measured on, each once."""
        return tuple(dict.fromkeys(row.reading.machine for row in self.rows if row.reading.machine))

    @property
    def command(self) -> str:
        """Return the command that repeats the reading of the first entry, without its name; empty if there is none."""
        first = self.rows[0]
        return first.reading.command.removesuffix(first.entry.id).strip()


def measure_url(kind: str, measure: str) -> str:
    """Return the address of the page of a measure, from the root of the site."""
    return f"{kind}/{CRITERIA}/{measure}/"


def measure_view(catalog: Catalog, kind: Kind, spec: MeasureSpec) -> MeasureView | None:
    """Return a measure over the entries of a kind, or None if too few of them are measured."""
    found = _measured(catalog, kind, spec)
    if len(found) < FEWEST:
        return None
    most = max(reading.value for _, reading in found) or 1.0
    return MeasureView(
        id=spec.id,
        name=spec.name,
        question=spec.question,
        how=spec.how,
        ends=spec.ends,
        kind=kind,
        rows=tuple(
            MeasuredEntry(entry, reading, spec.write(reading.value), round(BAR * reading.value / most, 2))
            for entry, reading in found
        ),
        unmeasured=tuple(entry for entry in catalog.of_kind(kind.id) if spec.read(catalog, entry) is None),
        strip=strip([(entry, reading.value) for entry, reading in found], spec.write, log=spec.log),
        others=tuple(
            (other.name, measure_url(kind.id, other.id))
            for other in MEASURES.values()
            if other is not spec and has_page(catalog, kind, other)
        ),
    )


def has_page(catalog: Catalog, kind: Kind, spec: MeasureSpec) -> bool:
    """Return whether enough entries of a kind are measured for a page."""
    return len(_measured(catalog, kind, spec)) >= FEWEST


def _measured(catalog: Catalog, kind: Kind, spec: MeasureSpec) -> list[tuple[Entry, Reading]]:
    """Return the entries of a kind that are measured, the best first, then by name."""
    found = [(entry, one) for entry in catalog.of_kind(kind.id) if (one := spec.read(catalog, entry))]
    return sorted(found, key=lambda item: (item[1].value if spec.less else -item[1].value, item[0].name.lower()))


def measure_views(catalog: Catalog) -> Mapping[tuple[str, str], MeasureView]:
    """Return every measure that has a page, by kind and id."""
    found = (measure_view(catalog, kind, spec) for kind in catalog.kinds.values() for spec in MEASURES.values())
    return {(view.kind.id, view.id): view for view in found if view}


def _footprint(name: str) -> Callable[[Catalog, Entry], Reading | None]:
    def read(_: Catalog, entry: Entry) -> Reading | None:
        found = entry.footprint
        return found and Reading(
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


def _types(_: Catalog, entry: Entry) -> Reading | None:
    found = entry.type_coverage
    return found and Reading(
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
    )
    yield MeasureSpec(
        id="start",
        name="Start to first response",
        question="How long does it take from the start of the process to the first response?",
        how="A server with one route is started and asked until it answers. The time from the start of the process to "
        "the end of the first response is the median of several starts.",
        read=_footprint("first_response"),
        write=lambda value: f"{value:.0f} ms",
    )
    yield MeasureSpec(
        id="size",
        name="Installed size",
        question="How much disk space does it take, with everything that it installs?",
        how="The newest release is installed without extras. The bytes of the package and of all its dependencies are "
        "added up, without compiled bytecode.",
        read=_registry(_size),
        write=lambda value: size(int(value)),
    )
    yield MeasureSpec(
        id="dependencies",
        name="Dependencies",
        question="How many other packages does it install?",
        how="The newest release is installed without extras. All packages that come with it are counted, direct and "
        "indirect ones.",
        read=_registry(_dependencies),
        write=lambda value: plural(int(value), "package"),
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
    )
    yield MeasureSpec(
        id="names",
        name="Names to know",
        question="How many names must you know to write the same application?",
        how="One book catalogue is written in every framework and run by the same tests. A name is something that the "
        "application imports from outside itself, including from the standard library.",
        read=_books("books-names"),
        write=lambda value: plural(int(value), "name"),
    )
    yield MeasureSpec(
        id="types",
        name="Names with known types",
        question="How many of its public names have types that a checker knows?",
        how="A type checker looks at every public name of the package. The share is of names whose types it knows "
        "completely.",
        read=_types,
        write=percent,
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
        less=False,
    )
    yield MeasureSpec(
        id="gap",
        name="Longest gap in 24 months",
        question="How long did it go without a release?",
        how="The longest time between two releases in the last 24 months, as the package registry dates them.",
        read=_registry(lambda entry: entry.reading.longest_gap_24_months if entry.reading else None),
        write=lambda value: plural(int(value), "day"),
    )
    yield MeasureSpec(
        id="downloads",
        name="Downloads a month",
        question="How often is it downloaded?",
        how="Downloads of the package in one month. Automatic builds and other packages that need it count as well.",
        read=_popularity("downloads"),
        write=in_words,
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
        less=False,
    )


MEASURES: Mapping[str, MeasureSpec] = {spec.id: spec for spec in _specs()}
"""Every measure, by its id."""
