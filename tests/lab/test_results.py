"""What the lab writes is what the site reads: every record, with every field, there and back. No network."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from lab.core import output, paths
from macros.reading import measurements
from macros.reading.documents import read
from macros.reading.validation import validate
from macros.schema.measured import base, registry
from macros.schema.measured.blocks import BlockOutcome, BlockRun, BlockRuns, BlockStep, BlockTest, BlockWarning
from macros.schema.measured.books import BooksItem, BooksRun
from macros.schema.measured.footprint import Footprint, Median
from macros.schema.measured.measures import Measure, MeasuredValue
from macros.schema.measured.popularity import EntryPopularity, Figure, Popularity
from macros.schema.measured.probes import Exchange, Lines, Observed, ProbeResult, StackRun
from macros.schema.measured.smoke import Cure, OlderRelease, Outcome, Smoke
from macros.schema.measured.type_coverage import Tool, TypeCounts, TypeCoverage

DIGEST = "3b" * 32
ORIGIN: dict[str, Any] = {"command": "python -m lab x", "moment": "2026-11-20T07:12:02Z"}
ENTRY = ORIGIN | {"entry": "hello"}
PACKAGE = ENTRY | {"package": "pkg:pypi/hello", "version": "2.0"}
HERE = {"machine": base.Machine(cpu="Quick CPU", cores=2, system="Linux 6.1.0", architecture="x86_64")}
MEDIAN = Median(median=2.0, unit="ms", values=(1.5, 2.0, 3.0))
SEEN = Observed(
    exchanges=(Exchange(request="GET /", status="HTTP/1.1 200 OK", headers=("a: b",), body="\x1b[1A"),),
    figures={"fast": True, "count": 3, "seconds": 1.0, "word": "x", "flags": ("HttpOnly", "Secure"), "none": ()},
)
ENDED = BlockOutcome(
    ended="warns",
    error="NameError",
    warnings=(BlockWarning(category="DeprecationWarning", message="old", file="a.py"),),
    steps=(BlockStep(what="it runs", kind="run", error="NameError"),),
)
COUNTS = {"known": 1, "ambiguous": 0, "unknown": 1, "share": 0.5}
READ: dict[str, Any] = ENTRY | {
    "package": "pkg:pypi/hello",
    "latest": registry.Latest(version="2.0", released=date(2026, 10, 1)),
    "first_release": date(2020, 2, 3),
    "releases": ((date(2020, 2, 3), "1.0"), (date(2026, 10, 1), "2.0")),
    "dates_from": "the tags",
    "releases_24_months": 1,
    "longest_gap_24_months": 600,
    "since_last_release": 50,
    "licence": registry.Licence(expression="MIT", read_from="the field License"),
    "yanked": (registry.Yanked(version="1.1", released=date(2021, 1, 1), reason="It was broken."),),
    "typed": registry.Typed(marker=True, file="hello/py.typed"),
    "vulnerabilities": (registry.Vulnerability(id="PYSEC-1", aliases=("CVE-1",)),),
    "installed": registry.Installed(runtime="Python 3.13.0", command="uv pip install hello"),
    "dependencies": registry.Dependencies(direct=("x",), transitive=1, all=("x", "y")),
    "installed_size": registry.InstalledSize(alone=1, with_dependencies=2),
}
EXAMPLES: dict[str, base.Result] = {
    "registry/hello": registry.PythonReading(
        **READ,
        ecosystem="pypi",
        requires_python=">=3.11",
        pythons=("2.7", "3.13"),
        development_status=None,
        not_available={"development-status": "no classifier states one"},
    ),
    "registry/node": registry.NodeReading(**READ, ecosystem="npm", engines={"node": ">=20"}, not_available={}),
    "smoke/hello": Smoke(
        **PACKAGE,
        **HERE,
        outcomes=(Outcome(python="3.13.0", outcome="refused", error="It needs Python 3.14."),),
        newest_python=None,
        cured=Cure(python="3.13.0", outcome="fail", error="no", added=("setuptools<81",), packages={"hello": "2.0"}),
        older_release=OlderRelease(python="3.13.0", outcome="fail", error="no", packages={"hello": "1.0"}),
        packages={"hello": "2.0"},
    ),
    "footprint/hello": Footprint(
        **PACKAGE,
        **HERE,
        server="waiter",
        start="python smoke.py {port}",
        first_response=MEDIAN,
        first_response_processor=MEDIAN,
        background_load=MEDIAN,
        idle_pss=MEDIAN,
        installed_bytes=1000,
        packages={"hello": "2.0"},
        lock=DIGEST,
        runtime="CPython 3.13.0",
    ),
    "type-coverage/hello": TypeCoverage(
        **PACKAGE,
        **COUNTS,
        module="hello",
        python="3.13",
        tool=Tool(name="pyright", version="1.1"),
        marker_added=True,
        without=("hello.tests",),
        as_reported=TypeCounts(**COUNTS),
    ),
    "probes/hello": StackRun(
        **ENTRY,
        stack="hello",
        adapter="adapters/hello.py",
        decides=False,
        requirements=("hello[standard]",),
        packages={"hello": "2.0"},
        lock=DIGEST,
        runtime="Python 3.13.0",
        server="hello PORT",
        probes={
            "echo": ProbeResult(
                question="Does it echo?",
                subject="data",
                answer="opt-in",
                observed=SEEN,
                by_default=Observed(),
                reason="Switch it on.",
                documentation="https://hello.example/",
                lines=(Lines(first=1, last=2, code="x"),),
            )
        },
    ),
    "books/hello": BooksRun(
        **ENTRY,
        **HERE,
        items={"live": BooksItem(outcome="failed", tests=2, reason="It is dead.")},
        files=DIGEST,
        packages={"hello": "2.0"},
        runtime="CPython 3.13.0",
    ),
    "popularity": Popularity(
        **ORIGIN,
        entries={
            "hello": EntryPopularity(
                downloads=Figure(
                    value=3, of="pkg:pypi/hello", counts="x", source="https://x.example/", day=date(2026, 4, 1)
                ),
                stars=None,
                not_available={"stars": "it has no repository on GitHub"},
            )
        },
    ),
    "blocks": BlockRuns(
        **ORIGIN,
        **HERE,
        blocks={
            "block-01": BlockRun(
                language="python",
                files=("a.py",),
                printed="x = 1\n",
                alone=ENDED,
                context=ENDED,
                given={"b.py": "y = 1\n"},
                after=("block-02",),
                today="x = 2\n",
                today_files=("a.py",),
                today_after=("block-02",),
                beside={"c.py": ""},
                tests=(BlockTest(name="test_x", error="AssertionError"),),
            )
        },
        environments={"hello-printed": {"hello": "2.0"}},
        runtime="CPython 3.13.0",
    ),
}
"""A result of every kind, with everything that it can state."""
MEASURE = Measure(
    name="Stars",
    unit="stars",
    command="python -m lab x",
    values={
        "hello": MeasuredValue(value=3, day=date(2026, 4, 1), bound="at most"),
        "other": MeasuredValue(value=0.5, day=date(2026, 4, 1)),
    },
)
IN_PARTS = {base.MeasuredRecord, base.Result, base.EntryResult, base.PackageResult, base.Explained}
IN_PARTS |= {registry.RegistryReading, registry.Ecosystem}
"""Records that are only the base of others, or one key of them."""


def records(value: Any) -> Iterator[BaseModel]:
    """Yield the record and every record in it."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from records(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from records(item)


def kinds(record: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield record
    for other in record.__subclasses__():
        yield from kinds(other)


def written(folder: Path) -> measurements.Measurements:
    """Write every example; return what the site reads of them, which must be in order."""
    for name, result in EXAMPLES.items():
        output.write_result(folder / "measured" / f"{name}.json", result)
    found, problems = measurements.load(folder, "data")
    assert [str(problem) for problem in problems] == []
    return found


def test_the_examples_have_every_record_and_every_field():
    found = [one for result in [*EXAMPLES.values(), MEASURE] for one in records(result)]
    assert set(map(type, found)) == set(kinds(base.MeasuredRecord)) - IN_PARTS
    stated = {(type(one), name) for one in found for name in one.model_fields_set}
    assert [key for kind in set(map(type, found)) for key in kind.model_fields if (kind, key) not in stated] == []


def test_what_the_lab_writes_the_site_reads(tmp_path):
    found = written(tmp_path)
    assert found.registry == {"hello": EXAMPLES["registry/hello"], "node": EXAMPLES["registry/node"]}
    assert found.smoke == {"hello": EXAMPLES["smoke/hello"]}
    assert found.footprint == {"hello": EXAMPLES["footprint/hello"]}
    assert found.type_coverage == {"hello": EXAMPLES["type-coverage/hello"]}
    assert found.runs == {"hello": EXAMPLES["probes/hello"]}
    assert found.books == {"hello": EXAMPLES["books/hello"]}
    assert found.popularity == EXAMPLES["popularity"]
    assert found.blocks == EXAMPLES["blocks"]


def test_a_measure_is_read_as_it_is_written(tmp_path):
    output.write_measure(tmp_path / "stars.yml", MEASURE)
    assert validate(Measure, read(tmp_path / "stars.yml", "stars.yml")).record == MEASURE
    assert "value: 3\n" in (tmp_path / "stars.yml").read_text()


def test_every_key_in_a_file_has_hyphens(tmp_path):
    written(tmp_path)
    own = [file.read_text() for file in tmp_path.rglob("*.json")]
    fields = {name for kind in kinds(base.MeasuredRecord) for name in kind.model_fields if "_" in name}
    assert len(fields) > 10
    assert [name for name in fields for text in own if f'"{name}"' in text] == []


def test_what_equals_its_default_is_left_out_and_null_is_not():
    assert output.as_data(Exchange(request="GET /", status="200")) == {"request": "GET /", "status": "200"}
    assert output.as_data(EXAMPLES["popularity"])["entries"]["hello"]["stars"] is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_result_without_a_command_or_with_one_key_more_cannot_be_built(name):
    found = dict(EXAMPLES[name])
    with pytest.raises(ValidationError, match="command"):
        type(EXAMPLES[name])(**{key: value for key, value in found.items() if key != "command"})
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(EXAMPLES[name])(**found, seconds=1)


@pytest.mark.parametrize("folder", [*measurements.FOLDERS, ""])
def test_a_committed_result_is_written_again_byte_by_byte(folder, tmp_path):
    found, problems = measurements.load(paths.DATA, "data")
    assert problems == []
    single = {"popularity": found.popularity, "blocks": found.blocks}
    named = {"probes": found.runs, "type-coverage": found.type_coverage}
    results = (named.get(folder) or getattr(found, folder)) if folder else single
    differing = []
    for name, result in results.items():
        file = paths.MEASURED / folder / f"{name}.json"
        output.write_result(tmp_path / file.name, result)
        if (tmp_path / file.name).read_bytes() != file.read_bytes():
            differing.append(file.name)
    assert results
    assert differing == []


def test_a_committed_measure_is_written_again_byte_by_byte(tmp_path):
    files = sorted(paths.MEASURED.glob("*.yml"))
    assert files
    for file in files:
        record = validate(Measure, read(file, file.name)).record
        assert record
        output.write_measure(tmp_path / file.name, record)
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()
