"""What the page of an entry says about its maintenance and its package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from macros.catalog.evidence import newer_minor
from macros.catalog.model import Catalog, Entry
from macros.schema.fields import package_name
from macros.schema.measured.base import PackageResult, day_of
from macros.schema.measured.footprint import Footprint
from macros.schema.measured.popularity import EntryPopularity
from macros.schema.measured.registry import NodeReading, PythonReading, RegistryReading, Typed, Vulnerability, Yanked
from macros.schema.measured.smoke import Smoke
from macros.schema.measured.type_coverage import TypeCoverage
from macros.views.measure_specs import MEASURES
from macros.views.measures import has_page, measure_url
from macros.views.origins import Origin, origins
from macros.views.text import long_date, number, percent, plural, size

SVG_WIDTH = 1000
NOT_MEASURED = "not measured"
COMPARED: Mapping[str, str] = {
    "Dependencies": "dependencies",
    "Installed size": "size",
    "Names with known types": "types",
    "Start to first response": "start",
    "Idle memory": "memory",
    "Downloads per month": "downloads",
    "Stars": "stars",
}
"""The measures whose pages compare what is measured, by its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The beginning of a year on a timeline, in per cent of its width; `late` ones are too near its end for a label."""

    at: float
    label: str

    @property
    def late(self) -> bool:
        """Return whether the label would stand out of the timeline."""
        return self.at > 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Releases over the years as one path, 1000 units wide, and the years shown."""

    path: str
    years: tuple[Year, ...]
    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What is measured of a package, with a note, further remarks, and the page of the number."""

    label: str
    text: str
    note: str = ""
    remarks: tuple[str, ...] = ()
    source: str | None = None
    day: date | None = None
    compared: str = ""
    """The address of the page that compares it with others of the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an article says of the entry's health."""

    article: str
    line: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView:
    """The section of an entry's page about its maintenance and its package."""

    entry: Entry
    status: str
    reason: str
    pace: str
    claims: tuple[Claim, ...]
    timeline: Timeline | None
    measurements: tuple[Measurement, ...]
    read: date
    command: str
    unavailable: tuple[tuple[str, str], ...]
    """What could not be measured, each with the reason."""
    origins: tuple[Origin, ...]


def health_view(catalog: Catalog, entry: Entry) -> HealthView | None:
    """Return what is known of the entry's maintenance and package, or None if the registry was not asked."""
    reading = entry.reading
    if reading is None:
        return None
    return HealthView(
        entry=entry,
        status=entry.status.word,
        reason=entry.status.reason,
        pace=_pace(reading),
        claims=tuple(
            Claim(article=article.name, line=remark.line, says=remark.says)
            for article in catalog.articles.values()
            for remark in article.health
            if remark.entry == entry.id
        ),
        timeline=timeline(reading),
        measurements=tuple(_compared(catalog, entry, item) for item in _measurements(entry, reading)),
        read=day_of(reading.moment),
        command=reading.command,
        unavailable=(*reading.not_available.items(), *_missing(entry.popularity)),
        origins=origins(entry),
    )


def _compared(catalog: Catalog, entry: Entry, item: Measurement) -> Measurement:
    """Return what is measured with the page that compares it, if there is one."""
    spec, kind = MEASURES.get(COMPARED.get(item.label, "")), catalog.kinds[entry.kind]
    there = spec is not None and has_page(catalog, kind, spec)
    return replace(item, compared=measure_url(kind.id, spec.id)) if spec and there else item


def timeline(reading: RegistryReading | None) -> Timeline | None:
    """Return the releases as one path of strokes from the first release to the day of the reading, or None."""
    if reading is None or not reading.releases or reading.since_last_release is None:
        return None
    first, last = reading.releases[0][0], day_of(reading.moment)
    span = max((last - first).days, 1)

    def place(day: date) -> float:
        return round(2 + (SVG_WIDTH - 4) * (day - first).days / span, 1)

    strokes = sorted({place(day) for day, _ in reading.releases})
    step = max(1, (last.year - first.year) // 8)
    years = range(first.year + 1, last.year + 1, step)
    return Timeline(
        path="".join(f"M{x:g} 0v20" for x in strokes),
        years=tuple(Year(at=round(place(date(year, 1, 1)) / SVG_WIDTH * 100, 1), label=str(year)) for year in years),
        count=len(reading.releases),
        first=first,
        last=last,
    )


def runs_on(reading: RegistryReading | None) -> str:
    """Return the Pythons or the Node.js that the newest release asks for, in a few characters."""
    if isinstance(reading, PythonReading):
        return f"Python {reading.requires_python}" if reading.requires_python else "not stated"
    if isinstance(reading, NodeReading) and reading.engines:
        return f"Node.js {reading.engines.get('node', '')}".strip()
    return "not stated"


def _pace(reading: RegistryReading) -> str:
    """How often it is released, as a sentence; empty where the dates are not known."""
    if reading.releases_24_months is None:
        return ""
    gap = reading.longest_gap_24_months
    longest = "" if gap is None else f"; the longest gap was {plural(gap, 'day')}"
    return f"It had {plural(reading.releases_24_months, 'release')} in 24 months{longest}."


def _measurements(entry: Entry, reading: RegistryReading) -> Iterator[Measurement]:
    latest, first = reading.latest, reading.first_release
    dated = f"of {long_date(latest.released)}" if latest.released else ""
    yield Measurement(label="Latest release", text=latest.version, note=dated)
    yield Measurement(label="First release of the package", text=long_date(first) if first else "not confirmed")
    declared = reading.pythons if isinstance(reading, PythonReading) else ()
    classified = f"classifiers: {', '.join(declared)}" if declared else ""
    yield Measurement(label="Runs on", text=runs_on(reading), note=classified)
    if entry.smoke:
        yield _smoke(entry.smoke, reading)
    yield Measurement(label="Dependencies", text=_dependencies(reading))
    yield _installed(reading)
    read_from = f"from {reading.licence.read_from}" if reading.licence.read_from else ""
    yield Measurement(label="Licence in the package", text=reading.licence.expression or "not stated", note=read_from)
    yield _typed(reading.typed)
    if entry.type_coverage:
        yield _type_coverage(entry.type_coverage, reading)
    yield from _footprint(entry.footprint, reading)
    if isinstance(reading, PythonReading) and reading.development_status:
        yield Measurement(label="Declared status", text=reading.development_status)
    yield Measurement(label=f"Known vulnerabilities in {latest.version}", text=_vulnerabilities(reading))
    if reading.yanked:
        yield _withdrawn(reading.yanked)
    yield from _popularity(entry.popularity)


def measured_before(result: PackageResult, reading: RegistryReading) -> str:
    """Return of which release something was measured, if a newer minor one is out: `5.2.1, before 5.3`; or nothing."""
    newer = newer_minor(result.version, reading)
    return f"{result.version}, before {newer}" if newer else ""


def _smoke(smoke: Smoke, reading: RegistryReading) -> Measurement:
    failed = (outcome for outcome in smoke.outcomes if outcome.outcome != "pass")
    return Measurement(
        label="Tried",
        text=f"works on Python {smoke.newest_python}" if smoke.newest_python else "did not work on any Python tried",
        note="; ".join(filter(None, (measured_before(smoke, reading), _otherwise(smoke)))),
        remarks=tuple(f"{outcome.python}: {outcome.error or outcome.outcome}" for outcome in failed),
    )


def _otherwise(smoke: Smoke) -> str:
    """Return what does work if the newest release alone does not."""
    cured, older = smoke.cured, smoke.older_release
    if cured and cured.outcome == "pass":
        return f"works on Python {cured.python} if {', '.join(cured.added)} is installed as well"
    if older and older.outcome == "pass":
        version = older.packages.get(package_name(smoke.package))
        return f"release {version} works on Python {older.python}" if version else ""
    return ""


def _dependencies(reading: RegistryReading) -> str:
    found = reading.dependencies
    return f"{len(found.direct)} direct, {found.transitive} indirect" if found else NOT_MEASURED


def _installed(reading: RegistryReading) -> Measurement:
    label, found = "Installed size", reading.installed_size
    if found is None:
        return Measurement(label=label, text=NOT_MEASURED)
    on = f", on {reading.installed.runtime}" if reading.installed else ""
    return Measurement(label=label, text=size(found.with_dependencies), note=f"{size(found.alone)} alone{on}")


def _typed(typed: Typed) -> Measurement:
    if typed.marker is None:
        return Measurement(label="Typed", text=NOT_MEASURED)
    if not typed.marker:
        return Measurement(label="Typed", text="no marker")
    return Measurement(label="Typed", text="yes", note=typed.file or "")


def _type_coverage(found: TypeCoverage, reading: RegistryReading) -> Measurement:
    added = "; the marker was added for the check" if found.marker_added else ""
    before = f"; {release}" if (release := measured_before(found, reading)) else ""
    note = f"of {number(found.total)}, {found.tool.name} {found.tool.version}{added}{before}"
    return Measurement(label="Names with known types", text=percent(found.share), note=note)


def _footprint(found: Footprint | None, reading: RegistryReading) -> Iterator[Measurement]:
    if found:
        first, idle = found.first_response, found.idle_pss
        note = f"median of {plural(first.values, 'run')}, smallest useful server"
        before = f"; {release}" if (release := measured_before(found, reading)) else ""
        used = f"{found.first_response_processor.median:.0f} {found.first_response_processor.unit}"
        yield Measurement(
            label="Start to first response", text=f"{first.median:.0f} {first.unit}", note=f"{note}; {used}{before}"
        )
        yield Measurement(
            label="Idle memory", text=f"{idle.median:.0f} {idle.unit}", note=f"PSS of all its processes{before}"
        )


def _vulnerabilities(reading: RegistryReading) -> str:
    if reading.vulnerabilities is None:
        return NOT_MEASURED
    return ", ".join(map(_vulnerability, reading.vulnerabilities)) or "none published"


def _vulnerability(found: Vulnerability) -> str:
    return f"{found.id} ({', '.join(found.aliases)})" if found.aliases else found.id


def _withdrawn(found: tuple[Yanked, ...]) -> Measurement:
    return Measurement(
        label="Withdrawn releases",
        text=", ".join(item.version for item in found),
        remarks=tuple(f"{item.version} of {long_date(item.released)}: {item.reason}" for item in found if item.reason),
    )


def _missing(found: EntryPopularity | None) -> Iterator[tuple[str, str]]:
    """Yield which counts are missing, each with the reason."""
    if found:
        yield from found.not_available.items()


def _popularity(found: EntryPopularity | None) -> Iterator[Measurement]:
    shown = (("Downloads per month", found.downloads), ("Stars", found.stars)) if found else ()
    for label, figure in shown:
        if figure:
            yield Measurement(
                label=label, text=number(figure.value), note=figure.counts, source=figure.source, day=figure.day
            )
