"""Every file of data/, read and typed, with the problems that reading found. It knows no rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from macros import schema
from macros.cache.store import NOTHING, Store
from macros.code import application_code, applications, contract, demonstrations
from macros.reading import measurements
from macros.reading.documents import Document, Location, Problem, read
from macros.reading.folders import Folders
from macros.reading.validation import validate, within
from macros.schema.applications import Contract

RecordT = TypeVar("RecordT", bound=schema.Record)


COLLECTIONS: dict[str, type[schema.Record]] = {
    "ratings": schema.Rating,
    "matrices": schema.Matrix,
    "guide": schema.UseCase,
    "witnesses": schema.Witness,
    "stacks": schema.Stack,
    "articles": schema.Article,
    "blocks": schema.Block,
    "benchmarks": schema.OutsideBenchmark,
    "measured": schema.Measure,
    "changes": schema.DayOfChanges,
}
"""Folders of data/ whose files are records of one type; every other folder is a kind's."""


SINGLE_FILES = {"scales.yml", "glossary.yml", "search.yml", "coming-from/spring.yml"}


NOT_KINDS = {*COLLECTIONS, *(Path(name).parts[0] for name in SINGLE_FILES if "/" in name), "criteria"}
"""Folders of data/ that no kind may be called after."""


NOT_RECORDS = {"README.md", "LICENSE", "entry.schema.json"}


@dataclass(frozen=True, slots=True)
class Loaded(Generic[RecordT]):
    """A record with the document it was read from."""

    id: str
    folder: str
    document: Document
    record: RecordT | None
    """None if anything in the file is wrong."""
    readable: RecordT | None
    """The record as far as it can be read, for rules to look at; None if the file could not be read at all."""
    refused: frozenset[Location] = frozenset()
    """The places of what is wrong or missing in its form."""

    def problem(self, where: Location, message: str) -> Problem:
        """Return a problem at a place of this file."""
        return self.document.problem(where, message)

    def reads(self, where: Location) -> bool:
        """Return whether what is at `where` has the right form, whatever is below it."""
        return not within(where, self.refused)

    def whole(self, where: Location) -> bool:
        """Return whether what is at `where` and everything below it has the right form."""
        return self.reads(where) and not any(place[: len(where)] == where for place in self.refused)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the files say: kinds, entries and collections by id, and what is wrong with their form."""

    scales: Loaded[schema.Scales] | None
    shared: Loaded[schema.SharedCriteria] | None
    kinds: Mapping[str, Loaded[schema.Kind]]
    entries: tuple[Loaded[schema.Entry], ...]
    collections: Mapping[str, Mapping[str, Loaded[Any]]]
    concepts: Loaded[schema.Concepts] | None
    glossary: Loaded[schema.Glossary] | None
    places: Loaded[schema.Places] | None
    readings: measurements.Measurements
    codes: Mapping[str, application_code.ApplicationCode]
    """The Books applications, by the entry that each is written in."""
    contract: Contract
    """What they are asked."""
    suite: str
    """The SHA-256 of the suite that runs them."""
    demonstrations: Mapping[str, demonstrations.DemonstrationFile]
    """The files of demonstrations, by the entry that each is about."""
    problems: tuple[Problem, ...]

    @property
    def files(self) -> Iterator[Loaded[Any]]:
        """Yield every file of data/, those of data/measured/ that programs write left out."""
        single: list[Loaded[Any] | None] = [self.scales, self.shared, self.concepts, self.glossary, self.places]
        yield from (one for one in single if one)
        yield from self.kinds.values()
        yield from self.entries
        yield from (item for group in self.collections.values() for item in group.values())

    def scale_values(self, criterion: schema.Criterion) -> Mapping[str, schema.Value]:
        """Return the values that a criterion allows; empty where it takes free text."""
        if criterion.values:
            return criterion.values
        scales = self.scales.readable.scales if self.scales and self.scales.readable else {}
        scale = scales.get(criterion.scale or "")
        return scale.values if scale else {}

    def criteria(self, kind: str) -> dict[str, schema.Criterion]:
        """Return the criteria of a kind by id, in their order; shared ones resolved, unknown ones left out.

        Those of a file with mistakes are as far as they can be read.
        """
        loaded = self.kinds.get(kind)
        if not loaded or not loaded.readable:
            return {}
        shared = {c.id: c for c in self.shared.readable.criteria} if self.shared and self.shared.readable else {}
        found: dict[str, schema.Criterion] = {}
        for group in loaded.readable.groups:
            for item in group.criteria:
                criterion = shared.get(item) if isinstance(item, str) else item
                if criterion:
                    found.setdefault(criterion.id, criterion)
        return found


class _Reader:
    def __init__(self, root: Path, shown: str) -> None:
        self.root, self.shown = root, shown
        self.problems: list[Problem] = []

    def load(self, file: Path, model: type[RecordT]) -> Loaded[RecordT]:
        path = f"{self.shown}/{file.relative_to(self.root).as_posix()}"
        document = read(file, path)
        self.problems += document.problems
        found = validate(model, document)
        self.problems += found.problems
        folder = file.parent.relative_to(self.root).as_posix()
        return Loaded(file.stem, folder, found.document, found.record, found.readable, found.refused)

    def folder(self, name: str, model: type[RecordT]) -> list[Loaded[RecordT]]:
        folder = self.root / name
        return [self.load(file, model) for file in sorted(folder.glob("*.yml"))] if folder.is_dir() else []

    def one(self, name: str, model: type[RecordT]) -> Loaded[RecordT] | None:
        file = self.root / name
        if file.is_file():
            return self.load(file, model)
        self.problems.append(
            Problem(f"{self.shown}/{name}", 1, 1, "The file is missing. Restore it from the repository.")
        )
        return None

    def strays(self) -> None:
        """Every file is a .yml in a known folder, so that nothing is silently left out."""
        kinds = {file.stem for file in (self.root / "criteria").glob("*.yml")} - {"shared"}
        known = kinds | set(COLLECTIONS) | {"criteria"}
        for file in sorted(self.root.rglob("*")):
            relative = file.relative_to(self.root)
            path = f"{self.shown}/{relative.as_posix()}"
            if not file.is_file() or relative.parts[0] == "measured" or file.name in NOT_RECORDS:
                continue
            if file.suffix != ".yml":
                self.problems.append(
                    Problem(
                        path,
                        1,
                        1,
                        f"{file.name} is not a .yml file. Rename it to {file.stem}.yml or remove it.",
                    )
                )
            elif relative.as_posix() not in SINGLE_FILES and (
                len(relative.parts) != 2 or relative.parts[0] not in known
            ):
                folders = ", ".join(sorted(known))
                message = (
                    f"{relative.as_posix()} is not read: records are in the folders {folders}. Move it or remove it."
                )
                self.problems.append(Problem(path, 1, 1, message))


def load(folders: Folders, store: Store = NOTHING) -> Sources:
    """Return what all files say, and what is wrong with their form."""
    root, shown = folders.data, folders.shown(folders.data)
    reader = _Reader(root, shown)
    scales = reader.one("scales.yml", schema.Scales)
    shared = reader.one("criteria/shared.yml", schema.SharedCriteria)
    kind_files = [file for file in sorted((root / "criteria").glob("*.yml")) if file.stem != "shared"]
    loaded = [reader.load(file, schema.Kind) for file in kind_files]
    loaded.sort(key=lambda kind: (kind.readable.position if kind.readable else 99, kind.id))
    kinds = {kind.id: kind for kind in loaded}
    entries = [entry for kind in kinds if kind not in NOT_KINDS for entry in reader.folder(kind, schema.Entry)]
    collections: dict[str, dict[str, Loaded[Any]]] = {
        name: {item.id: item for item in reader.folder(name, model)} for name, model in COLLECTIONS.items()
    }
    has_concepts = (root / "coming-from" / "spring.yml").is_file()
    concepts = reader.one("coming-from/spring.yml", schema.Concepts) if has_concepts else None
    glossary = reader.one("glossary.yml", schema.Glossary) if (root / "glossary.yml").is_file() else None
    places = reader.one("search.yml", schema.Places) if (root / "search.yml").is_file() else None
    readings, unreadable = measurements.load(root, shown)
    reader.problems += unreadable
    codes, wrong = application_code.load(folders.applications, folders.shown(folders.applications), store)
    agreed, unclear = contract.load(folders.items, folders.shown(folders.items)) if codes else (contract.EMPTY, [])
    shown_runs, unread = demonstrations.load(folders.demonstrations, folders.shown(folders.demonstrations))
    reader.problems += [*wrong, *unclear, *unread]
    reader.strays()
    return Sources(
        scales=scales,
        shared=shared,
        kinds=kinds,
        entries=tuple(entries),
        collections=collections,
        concepts=concepts,
        glossary=glossary,
        places=places,
        readings=readings,
        codes=codes,
        contract=agreed,
        suite=applications.digest(folders.items.with_name("suite")),
        demonstrations=shown_runs,
        problems=tuple(reader.problems),
    )
