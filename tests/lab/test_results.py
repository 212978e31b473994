"""What the lab writes is what the site reads: every record, with every field, there and back. No network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from lab.bench import results as runs
from lab.core import output, paths
from macros.reading import measurements
from macros.reading.documents import read
from macros.reading.validation import validate
from macros.schema.measured import base, citations, registry
from macros.schema.measured.measures import Measure
from macros.schema.measured.probes import Exchange
from tests.results import EXAMPLES, MEASURE

IN_PARTS = {base.MeasuredRecord, base.Result, base.EntryResult, base.PackageResult, base.Explained}
IN_PARTS |= {registry.RegistryReading, registry.Ecosystem, citations.ReadFrom}
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
    assert found.books_postgresql == {"hello": EXAMPLES["books-postgresql/hello"]}
    assert found.citations == {"hello": EXAMPLES["citations/hello"]}
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
    named = {"probes": found.runs, "type-coverage": found.type_coverage, "books-postgresql": found.books_postgresql}
    results = (named[folder] if folder in named else getattr(found, folder)) if folder else single
    differing = []
    for name, result in results.items():
        [file] = (paths.MEASURED / folder).glob(f"{name}.json*")
        again = tmp_path / file.name
        if folder == "benchmarks":
            again = runs.write(result, tmp_path / name)
        else:
            output.write_result(again, result)
        if again.read_bytes() != file.read_bytes():
            differing.append(file.name)
    assert results or not (paths.MEASURED / folder).is_dir()
    assert differing == []


def test_a_committed_measure_is_written_again_byte_by_byte(tmp_path):
    files = sorted(paths.MEASURED.glob("*.yml"))
    assert files
    for file in files:
        record = validate(Measure, read(file, file.name)).record
        assert record
        output.write_measure(tmp_path / file.name, record)
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()
