"""What programs found out: data/measured/, written by lab/ and only read here, as typed records.

What could not be answered is null, and `not-available` says why: a reading in which a null has no reason is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from macros.reading.documents import Problem
from macros.schema.base import Record
from macros.schema.measured.blocks import BlockRuns
from macros.schema.measured.books import BooksRun
from macros.schema.measured.popularity import Popularity
from macros.schema.measured.probes import StackRun
from macros.schema.measured.programs import Footprint, Smoke, TypeCoverage
from macros.schema.measured.registry import NodeReading, PythonReading, RegistryReading


@dataclass(frozen=True, kw_only=True)
class Measurements:
    """Everything in data/measured/, by entry or by stack; what has not been measured is not there."""

    registry: Mapping[str, RegistryReading] = field(default_factory=dict)
    runs: Mapping[str, StackRun] = field(default_factory=dict)
    smoke: Mapping[str, Smoke] = field(default_factory=dict)
    footprint: Mapping[str, Footprint] = field(default_factory=dict)
    typing: Mapping[str, TypeCoverage] = field(default_factory=dict)
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
    """Return what is in the folder measured/ of `root`, and what is wrong with it."""
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
        typing=reader.folder("typing", TypeCoverage),
        books=reader.folder("books", BooksRun),
        popularity=reader.one(popularity, Popularity) if popularity.is_file() else None,
        blocks=reader.one(blocks, BlockRuns) if blocks.is_file() else None,
    )
    return measurements, reader.problems
