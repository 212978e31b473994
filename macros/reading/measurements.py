"""What programs found out, as typed records: data/measured/*.json is read here, and written by lab/ alone."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import from_json

from macros.reading.documents import Document, Location, Problem
from macros.reading.validation import validate
from macros.schema.measured.base import MeasuredRecord, Result
from macros.schema.measured.benchmarks import BenchmarkRun
from macros.schema.measured.blocks import BlockRuns
from macros.schema.measured.books import BooksRun
from macros.schema.measured.citations import Citations
from macros.schema.measured.demonstrations import DemonstrationsRun
from macros.schema.measured.footprint import Footprint
from macros.schema.measured.mutations import MutationsRun
from macros.schema.measured.popularity import Popularity
from macros.schema.measured.probes import SetupRun
from macros.schema.measured.registry import READINGS, Ecosystem, RegistryReading
from macros.schema.measured.smoke import Smoke
from macros.schema.measured.type_coverage import TypeCoverage

ResultT = TypeVar("ResultT", bound=Result)


class Kind(NamedTuple):
    """A kind of result: its record, and the command that writes it again, for {name} where there is one for each."""

    record: type[Result]
    command: str


FOLDERS: Mapping[str, Kind] = {
    "registry": Kind(RegistryReading, "python -m lab registry {name}"),
    "smoke": Kind(Smoke, "python -m lab smoke {name}"),
    "footprint": Kind(Footprint, "python -m lab footprint {name}"),
    "type-coverage": Kind(TypeCoverage, "python -m lab type-coverage {name}"),
    "probes": Kind(SetupRun, "python -m lab probes --setup {name}"),
    "books": Kind(BooksRun, "python -m lab books {name}"),
    "mutations": Kind(MutationsRun, "python -m lab books --mutations {name}"),
    "books-postgresql": Kind(BooksRun, "python -m lab books --database postgresql {name}"),
    "demonstrations": Kind(DemonstrationsRun, "python -m lab demonstrations {name}"),
    "citations": Kind(Citations, "python -m lab citations {name}"),
    "benchmarks": Kind(BenchmarkRun, "python -m lab bench"),
}
"""Folders of data/measured/ in which each file is a result."""


SINGLE_FILES: Mapping[str, Kind] = {
    "popularity": Kind(Popularity, "python -m lab popularity --live"),
    "blocks": Kind(BlockRuns, "python -m lab blocks"),
}
"""Results that are one file in data/measured/."""


@dataclass(frozen=True, kw_only=True)
class Measurements:
    """Everything in data/measured/, by entry or by setup; what has not been measured is not there."""

    registry: Mapping[str, RegistryReading] = field(default_factory=dict)
    runs: Mapping[str, SetupRun] = field(default_factory=dict)
    smoke: Mapping[str, Smoke] = field(default_factory=dict)
    footprint: Mapping[str, Footprint] = field(default_factory=dict)
    type_coverage: Mapping[str, TypeCoverage] = field(default_factory=dict)
    books: Mapping[str, BooksRun] = field(default_factory=dict)
    mutations: Mapping[str, MutationsRun] = field(default_factory=dict)
    books_postgresql: Mapping[str, BooksRun] = field(default_factory=dict)
    demonstrations: Mapping[str, DemonstrationsRun] = field(default_factory=dict)
    citations: Mapping[str, Citations] = field(default_factory=dict)
    benchmarks: Mapping[str, BenchmarkRun] = field(default_factory=dict)
    popularity: Popularity | None = None
    blocks: BlockRuns | None = None

    def runs_of(self, entry: str) -> tuple[SetupRun, ...]:
        """Return the runs of an entry's setups, by setup."""
        return tuple(run for run in self.runs.values() if run.entry == entry)


class _Reader:
    def __init__(self, root: Path, shown: str) -> None:
        self.root, self.shown = root, shown
        self.problems: list[Problem] = []

    def one(self, file: Path, record: type[ResultT], command: str) -> ResultT | None:
        """Return the file's result, or None; everything that is wrong with it is among the problems."""
        path = f"{self.shown}/{file.relative_to(self.root).as_posix()}"
        again = f"A program writes this file: run {command}."
        try:
            content = _content(file)
            result: ResultT = _validated(record, content)
            return result
        except ValidationError:
            data = json.loads(content)
            self.problems += [_placed(found, again) for found in _wrong(record, data, path)]
        except json.JSONDecodeError as error:
            self.problems.append(Problem(path, error.lineno, error.colno, f"This is not JSON. {again}"))
        except UnicodeDecodeError:
            self.problems.append(Problem(path, 1, 1, f"The file is not UTF-8. {again}"))
        except (gzip.BadGzipFile, EOFError, zlib.error):
            self.problems.append(Problem(path, 1, 1, f"The file is not whole gzip. {again}"))
        except RecursionError:
            self.problems.append(Problem(path, 1, 1, f"The file is nested too deep. {again}"))
        return None

    def folder(self, name: str, record: type[ResultT]) -> dict[str, ResultT]:
        """Return the results in a folder, by the names of their files."""
        there = sorted((self.root / "measured" / name).glob("*.json*"))
        files = {file.name.partition(".")[0]: file for file in there if file.name.endswith((".json", ".json.gz"))}
        command = FOLDERS[name].command
        found = {stem: self.one(file, record, command.format(name=stem)) for stem, file in files.items()}
        return {name: result for name, result in found.items() if result is not None}

    def single(self, name: str, record: type[ResultT]) -> ResultT | None:
        """Return the result of a file that there is once, or None."""
        file = self.root / "measured" / f"{name}.json"
        return self.one(file, record, SINGLE_FILES[name].command) if file.is_file() else None


def _content(file: Path) -> bytes:
    """Return the JSON in the file, which may be compressed."""
    content = file.read_bytes()
    return gzip.decompress(content) if file.suffix == ".gz" else content


@lru_cache(maxsize=4096)
def _validated(record: type[ResultT], content: bytes) -> ResultT:
    """Return the result that the bytes spell; the same bytes are read once, since results are frozen."""
    data = _from_json(content)
    return _record_for(record, data).model_validate(data, by_name=False)


def forget() -> None:
    """Let go of the results that were read: no file will be read again."""
    _validated.cache_clear()


def _from_json(content: bytes) -> Any:
    """Return what the bytes spell; texts that recur are held once. Raise as `json.loads` does."""
    try:
        return from_json(content, cache_strings="all")
    except ValueError:
        return json.loads(content.decode("utf-8"))


def _record_for(record: type[ResultT], data: Any) -> type[ResultT]:
    """Return the record that the data are meant to be: that of the ecosystem, where they are of a registry."""
    named = data.get("ecosystem") if isinstance(data, dict) else None
    found = READINGS.get(named) if isinstance(named, str) else None
    return found if found and issubclass(found, record) else record


def _wrong(record: type[Result], data: Any, path: str) -> tuple[Problem, ...]:
    """Return what is wrong with the form of the data, in the sentences for all records."""
    meant: type[MeasuredRecord] = _record_for(record, data)
    if meant is RegistryReading and isinstance(data, dict):
        meant, data = Ecosystem, {key: value for key, value in data.items() if key == "ecosystem"}
    return validate(meant, Document(path, data, {}, dict(_texts(data, ())))).problems


def _texts(data: Any, where: Location) -> list[tuple[Location, str]]:
    """Return the values in the data as they are spelled in JSON, by the way to each."""
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        return [found for step, item in items for found in _texts(item, (*where, step))]
    return [(where, data if isinstance(data, str) else json.dumps(data))]


def _placed(problem: Problem, again: str) -> Problem:
    """Return the problem with the way to it, since JSON has no positions, and with the command that mends it."""
    where = problem.where or ()
    way = f"{'.'.join(map(str, where))}: " if len(where) > 1 else ""
    return replace(problem, message=f"{way}{problem.message} {again}")


def load(root: Path, shown: str) -> tuple[Measurements, list[Problem]]:
    """Return the results in the folder measured/ of `root`, and what is wrong with them."""
    reader = _Reader(root, shown)
    measurements = Measurements(
        registry=reader.folder("registry", RegistryReading),
        runs=reader.folder("probes", SetupRun),
        smoke=reader.folder("smoke", Smoke),
        footprint=reader.folder("footprint", Footprint),
        type_coverage=reader.folder("type-coverage", TypeCoverage),
        books=reader.folder("books", BooksRun),
        mutations=reader.folder("mutations", MutationsRun),
        books_postgresql=reader.folder("books-postgresql", BooksRun),
        demonstrations=reader.folder("demonstrations", DemonstrationsRun),
        citations=reader.folder("citations", Citations),
        benchmarks=reader.folder("benchmarks", BenchmarkRun),
        popularity=reader.single("popularity", Popularity),
        blocks=reader.single("blocks", BlockRuns),
    )
    return measurements, reader.problems
