"""Copies of a framework under another id: its record, its measurements, and its Books application."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from macros.code import applications, demonstrations
from macros.schema.measured.books import BooksRun
from tools.bench.references import write_record

KIND = "frameworks"
COMMENTS = {".py": "#", ".js": "//", ".mjs": "//", ".ts": "//"}
"""What begins a comment, by the end of the name of a file of code."""
_MEASURED_EACH = ("footprint", "registry", "smoke", "typing")


@dataclass(frozen=True, slots=True)
class Framework:
    """A real framework, or a copy of one."""

    origin: str
    number: int = 1
    """1 is the real one."""

    @property
    def id(self) -> str:
        """Return the id of its entry."""
        return self.origin if self.number == 1 else f"{self.origin}-{self.number}"


def write_copy(source: Path, target: Path, framework: Framework, tile: str) -> None:
    """Write the record and the measurements of a copy into the data folder `target`; `source` is the real one."""
    record = yaml.safe_load((source / KIND / f"{framework.origin}.yml").read_text(encoding="utf-8"))
    record |= {"name": f"{record['name']} {framework.number}", "tile": tile}
    write_record(target / KIND / f"{framework.id}.yml", record)
    measured = Path("measured")
    for name in _MEASURED_EACH:
        file = source / measured / name / f"{framework.origin}.json"
        if file.is_file():
            reading = json.loads(file.read_text(encoding="utf-8")) | {"entry": framework.id}
            _write_json(target / measured / name / f"{framework.id}.json", reading)
    for file in sorted((source / measured / "probes").glob("*.json")):
        answers = json.loads(file.read_text(encoding="utf-8"))
        if answers["entry"] == framework.origin:
            setup = f"{file.stem}-{framework.number}"
            _write_json(
                file := target / measured / "probes" / f"{setup}.json",
                answers | {"entry": framework.id, "setup": setup},
            )


def write_demonstrations(source: Path, target: Path, frameworks: list[Framework], gone: set[str]) -> None:
    """Write the demonstrations of these frameworks and of all entries of other kinds below `target`, with their runs.

    `source` and `target` hold data/ and lab/; `gone` are the real frameworks that the catalog does without.
    """
    folder, results = Path("lab") / "demonstrations", Path("data") / "measured" / "demonstrations"
    (target / folder).mkdir(parents=True)
    for name, found in demonstrations.load(source / folder)[0].items():
        file = source / found.path
        for copy in [one for one in frameworks if one.origin == name and one.number > 1]:
            shutil.copyfile(file, target / folder / f"{copy.id.replace('-', '_')}{file.suffix}")
            if (source / results / f"{name}.json").is_file():
                run = json.loads((source / results / f"{name}.json").read_text(encoding="utf-8"))
                _write_json(target / results / f"{copy.id}.json", run | {"entry": copy.id})
        if name in gone:
            (target / results / f"{name}.json").unlink(missing_ok=True)
        else:
            shutil.copyfile(file, target / found.path)


def write_popularity(target: Path, copies: list[Framework]) -> None:
    """Give the copies the downloads and stars of their originals, in the data folder `target`."""
    for file in (target / "measured").glob("*.yml"):
        measure = yaml.safe_load(file.read_text(encoding="utf-8"))
        measure["values"] |= _shared(measure["values"], copies)
        write_record(file, measure)
    file = target / "measured" / "popularity.json"
    popularity = json.loads(file.read_text(encoding="utf-8"))
    popularity["entries"] |= _shared(popularity["entries"], copies)
    _write_json(file, popularity)


def _shared(values: dict[str, Any], copies: list[Framework]) -> dict[str, Any]:
    return {copy.id: values[copy.origin] for copy in copies if copy.origin in values}


def write_application(source: Path, target: Path, framework: Framework) -> None:
    """Write the application of a framework below `target`, and its run; `source` and `target` hold data/ and lab/.

    No file of code is the same in two copies, so nothing that was found out of one is found in the cache for another.
    """
    apps = Path("lab") / "apps"
    folder = target / apps / framework.id
    for file in applications.files_of(source / apps / framework.origin):
        name = file.relative_to(source / apps / framework.origin).as_posix()
        copied = folder / varied(name, framework.number)
        copied.parent.mkdir(parents=True, exist_ok=True)
        if framework.number == 1:
            shutil.copyfile(file, copied)
        else:
            text = varied(file.read_text(encoding="utf-8"), framework.number)
            comment = COMMENTS.get(file.suffix)
            copied.write_text(f"{text}{comment} {framework.id}\n" if comment else text, encoding="utf-8")
    books = Path("data") / "measured" / "books"
    run = BooksRun.model_validate_json((source / books / f"{framework.origin}.json").read_text(encoding="utf-8"))
    changed = run.model_copy(update={"entry": framework.id, "files": applications.digest(folder)})
    _write_json(target / books / f"{framework.id}.json", changed.model_dump(mode="json", by_alias=True))


def varied(text: str, number: int) -> str:
    """Return the text of an application as that of its copy with this number: book3, Book3In for 3."""
    return text if number == 1 else re.sub("book", rf"\g<0>{number}", text, flags=re.IGNORECASE)


def _write_json(file: Path, data: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
