"""What programs found out: data/measured/, written by lab/ and only read here, as typed records.

What could not be answered is null, and `not-available` says why: a reading in which a null has no reason is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, ValidationError, model_validator

from macros.fields import Id, Link, Package, Plain
from macros.records import Problem
from macros.schema import Record

Count = Annotated[int, Field(ge=0)]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
Release = tuple[date, str]
"""The day of a release in UTC, and its version."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
Answer = Literal["pass", "fail", "absent", "opt-in"]


def day_of(moment: str) -> date:
    """Return the day of a moment such as `2026-11-20T07:12:02Z`."""
    return date.fromisoformat(moment[:10])


def _missing(value: Any, name: str = "") -> Iterator[str]:
    """Yield the dotted names of everything below that is null."""
    if value is None:
        yield name
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _missing(item, f"{name}.{key}" if name else str(key))


class Explained(Record):
    """A record whose nulls have a reason each."""

    not_available: dict[str, Plain] = Field(description="What is null, by dotted name, and why.")

    @model_validator(mode="after")
    def _nulls_have_reasons(self) -> Explained:
        missing = set(_missing(self.model_dump(by_alias=True)))
        if missing != set(self.not_available):
            raise ValueError(f"null: {sorted(missing)}; with a reason: {sorted(self.not_available)}.")
        return self


class Latest(Record):
    """The newest final release that is not withdrawn."""

    version: Plain
    released: date | None


class Licence(Record):
    """The licence: an SPDX expression, and what it was read from."""

    expression: Plain | None
    read_from: Plain | None


class Typed(Record):
    """Whether the package says that it carries types, and the file that says so."""

    marker: bool | None
    file: Plain | None


class Yanked(Record):
    """A release that was withdrawn, with the reason that was given."""

    version: Plain
    released: date
    reason: str


class Vulnerability(Record):
    """A published advisory that names the latest version."""

    id: Plain
    aliases: tuple[Plain, ...]


class Installed(Record):
    """On what the latest version was installed, how, and where it could not be, with the installer's reason."""

    on: Plain
    command: Plain
    refused: dict[str, Plain] = Field(default_factory=dict)


class Dependencies(Record):
    """What a bare install brings beside the package: named by itself, and brought by those in turn."""

    direct: tuple[Plain, ...]
    transitive: Count = Field(description="How many of all are not direct.")
    every: tuple[Plain, ...] = Field(alias="all")


class InstalledSize(Record):
    """Bytes on disk, without compiled bytecode: of the package alone, and with all its dependencies."""

    alone: Count
    with_dependencies: Count


class Pythons(Record):
    """Series of CPython that the classifiers declare, and those of 3.9 … 3.14 that the specifier admits."""

    declared: tuple[Plain, ...]
    admitted: tuple[Plain, ...] | None


class RegistryReading(Explained):
    """What a registry says of an entry's package: data/measured/registry/ENTRY.json. Lengths of time are in days."""

    entry: Id
    package: Package
    read: Moment
    command: Plain
    latest: Latest
    first_release: date | None
    releases: tuple[Release, ...] = Field(description="Final releases, oldest first; withdrawn ones left out.")
    pre_releases: Count
    dates_from: Plain | None
    releases_24_months: Count | None = Field(alias="releases-24-months")
    longest_gap_24_months: Count | None = Field(alias="longest-gap-24-months")
    since_last_release: Count | None
    licence: Licence
    yanked: tuple[Yanked, ...] | None
    typed: Typed
    vulnerabilities: tuple[Vulnerability, ...] | None
    installed: Installed | None
    dependencies: Dependencies | None
    installed_size: InstalledSize | None


class PythonReading(RegistryReading):
    """A reading of PyPI."""

    requires_python: Plain | None
    pythons: Pythons
    development_status: Plain | None


class NodeReading(RegistryReading):
    """A reading of npm."""

    engines: dict[str, Plain] | None


class Figure(Record):
    """A count: of what, counted how, on the page that it was read from, for the day that it speaks of."""

    value: Count
    of: Plain = Field(description="The package URL or the repository.")
    counts: Plain = Field(description="What is counted, and how.")
    source: Link
    date: date


class EntryPopularity(Explained):
    """Downloads and stars of one entry."""

    downloads: Figure | None
    stars: Figure | None


class Popularity(Record):
    """data/measured/popularity.json."""

    read: Moment
    command: Plain
    entries: dict[Id, EntryPopularity]


class _Loose(Record):
    """A record of a run: keys that a page does not show may stand in it."""

    model_config = ConfigDict(extra="ignore")


def _visible(text: str) -> str:
    """Return the text with a picture for every control character: what a server sends may hold them, HTML may not."""
    return CONTROLS.sub(lambda found: chr(0x2400 + ord(found[0])) if ord(found[0]) < 32 else "\ufffd", text)


Seen = Annotated[str, AfterValidator(_visible)]


class Exchange(_Loose):
    """A request and what came back, as far as it is worth showing."""

    request: Seen
    status: Seen
    headers: tuple[Seen, ...] = ()
    body: Seen = ""
    milliseconds: float | None = None


class Observed(_Loose):
    """What a probe saw: exchanges in their order, and figures by name."""

    exchanges: tuple[Exchange, ...] = ()
    figures: dict[str, Any] = Field(default_factory=dict)


class Lines(_Loose):
    """The lines of the adapter that register something, or declare it missing."""

    capability: str
    first: int
    last: int
    code: str = ""


class ProbeResult(_Loose):
    """The answer of one stack to one probe."""

    question: Plain
    subject: str = ""
    answer: Answer
    observed: Observed = Observed()
    by_default: Observed | None = None
    reason: str | None = None
    documentation: Link | None = None
    lines: tuple[Lines, ...] = ()


class StackPackage(_Loose):
    """A package of a stack: what was installed, and the latest release when the lock was written."""

    resolved: str
    latest: str | None = None


class StackRun(_Loose):
    """What a run of the probes found of one stack: data/measured/probes/STACK.json."""

    stack: Id
    entry: Id
    adapter: str
    variant: str = ""
    decides: bool = True
    requirements: tuple[str, ...] = ()
    packages: dict[str, StackPackage]
    runtime: str
    server: str
    command: Plain
    moment: Moment
    probes: dict[str, ProbeResult]


class Outcome(_Loose):
    """How a smoke test ended on one Python."""

    version: str
    outcome: str
    error: str = ""


class Smoke(_Loose):
    """data/measured/smoke/ENTRY.json: on which Pythons the entry does what it is for."""

    entry: Id
    latest: str | None = None
    newest_python: str | None = Field(alias="newest_python")
    outcomes: tuple[Outcome, ...]
    command: Plain
    measured: Moment


class Median(_Loose):
    """Repeated measurements: all of them, and the one in the middle."""

    median: float
    unit: Plain
    values: tuple[float, ...]


class Footprint(_Loose):
    """data/measured/footprint/ENTRY.json: the smallest useful server, started and left alone."""

    entry: Id
    first_response: Median = Field(alias="first_response")
    idle_pss: Median = Field(alias="idle_pss")
    server: str
    command: Plain
    measured: Moment


class TypingShare(_Loose):
    """data/measured/typing/ENTRY.json: how much of the public interface has known types."""

    entry: Id
    share: Annotated[float, Field(ge=0, le=1)] | None
    known: Count | None = None
    ambiguous: Count | None = None
    unknown: Count | None = None
    py_typed: bool = Field(alias="py_typed")
    marker_added: bool = Field(False, alias="marker_added")
    tool: Plain
    tool_version: Plain = Field(alias="tool_version")
    version: Plain
    command: Plain
    measured: Moment


class BlockStep(_Loose):
    """What a reader does with a block: `run` must not fail, `expect` is what it is meant to come to."""

    what: Seen
    kind: Literal["run", "expect"]
    error: Seen


class BlockWarning(_Loose):
    """A warning that something is deprecated, and the file that caused it."""

    category: Seen
    message: Seen
    file: Seen


class BlockOutcome(_Loose):
    """How a printed block ended."""

    ended: Literal["runs", "warns", "fails"]
    error: Seen
    warnings: tuple[BlockWarning, ...]
    steps: tuple[BlockStep, ...]


class BlockTest(_Loose):
    """A test of today's form; its error is empty where it passed."""

    name: Seen
    error: Seen


class BlockRun(_Loose):
    """A block as it was run: printed, alone and with what it takes for granted, and today's form with its tests."""

    language: Plain
    files: tuple[Plain, ...]
    printed: Seen
    alone: BlockOutcome
    context: BlockOutcome | None
    given: dict[str, Seen]
    after: tuple[Id, ...]
    today: Seen
    today_files: tuple[Plain, ...] = Field(alias="today_files")
    today_after: tuple[Id, ...] = Field(alias="today_after")
    beside: dict[str, Seen]
    tests: tuple[BlockTest, ...] = Field(min_length=1)


class BlockRuns(_Loose):
    """data/measured/blocks.json: the code blocks of an article."""

    blocks: dict[Id, BlockRun]
    versions: dict[str, dict[str, Plain]] = Field(description="What was installed, by framework and form.")
    runtime: Plain
    command: Plain
    measured: Moment


class BooksItem(_Loose):
    """How an item of the contract ended: passed, declared absent and shown to be so, or failed with a reason."""

    outcome: Literal["passed", "absent", "failed"]
    tests: Count
    reason: Seen = ""


class BooksRun(_Loose):
    """data/measured/books/ENTRY.json: what the suite of the Books application found."""

    entry: Id
    items: dict[str, BooksItem]
    files: Plain = Field(description="The SHA-256 of the application that was run.")
    packages: dict[str, str]
    runtime: str
    command: Plain
    moment: Moment

    def count(self, outcome: str) -> int:
        """Return how many items ended so."""
        return sum(1 for item in self.items.values() if item.outcome == outcome)


@dataclass(frozen=True, kw_only=True)
class Measurements:
    """Everything in data/measured/, by entry or by stack; what has not been measured is not there."""

    registry: Mapping[str, RegistryReading] = field(default_factory=dict)
    runs: Mapping[str, StackRun] = field(default_factory=dict)
    smoke: Mapping[str, Smoke] = field(default_factory=dict)
    footprint: Mapping[str, Footprint] = field(default_factory=dict)
    typing: Mapping[str, TypingShare] = field(default_factory=dict)
    books: Mapping[str, BooksRun] = field(default_factory=dict)
    popularity: Popularity | None = None
    blocks: BlockRuns | None = None

    def runs_of(self, entry: str) -> tuple[StackRun, ...]:
        """Return the runs of an entry's stacks, by stack."""
        return tuple(run for run in self.runs.values() if run.entry == entry)


RecordT = TypeVar("RecordT", bound=Record)


class _Reader:
    def __init__(self, root: Path, shown: str) -> None:
        self.root, self.shown = root, shown
        self.problems: list[Problem] = []

    def one(self, file: Path, model: type[RecordT]) -> RecordT | None:
        """Return the file's record; what is wrong is one problem that names the command to run again."""
        path = f"{self.shown}/{file.relative_to(self.root).as_posix()}"
        try:
            return model.model_validate(json.loads(file.read_text(encoding="utf-8")))
        except (ValueError, RecursionError) as error:
            first = str(error).splitlines()[-2 if isinstance(error, ValidationError) else 0].strip()
            message = f"This reading cannot be used: {first} It is written by a program: run that again."
            self.problems.append(Problem(path, 1, 1, message))
            return None

    def folder(self, name: str, model: type[RecordT]) -> dict[str, RecordT]:
        files = sorted((self.root / "measured" / name).glob("*.json"))
        found = {file.stem: self.one(file, model) for file in files}
        return {name: record for name, record in found.items() if record is not None}


def load(root: Path, shown: str) -> tuple[Measurements, list[Problem]]:
    """Return what stands in the folder measured/ of `root`, and what is wrong with it."""
    reader = _Reader(root, shown)
    registry: dict[str, RegistryReading] = {}
    for file in sorted((root / "measured" / "registry").glob("*.json")):
        model = NodeReading if b'"engines"' in file.read_bytes() else PythonReading
        reading = reader.one(file, model)
        if reading:
            registry[file.stem] = reading
    popularity = root / "measured" / "popularity.json"
    blocks = root / "measured" / "blocks.json"
    measurements = Measurements(
        registry=registry,
        runs=reader.folder("probes", StackRun),
        smoke=reader.folder("smoke", Smoke),
        footprint=reader.folder("footprint", Footprint),
        typing=reader.folder("typing", TypingShare),
        books=reader.folder("books", BooksRun),
        popularity=reader.one(popularity, Popularity) if popularity.is_file() else None,
        blocks=reader.one(blocks, BlockRuns) if blocks.is_file() else None,
    )
    return measurements, reader.problems
