"""The Books applications in lab/apps/: their declarations, files and processes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from typing import Literal

from macros.code import dependencies
from macros.reading.documents import Document, Problem, read
from macros.reading.validation import Validated, validate
from macros.schema.applications import CONCEPTS, PROCESSES, Declared

IGNORED = (
    "*/__pycache__/*",
    "*.pyc",
    "*/node_modules/*",
    "*/.*_cache/*",
    "*/.venv/*",
    "*/dist/*",
    "*.db",
    "*.db-*",
    "*/books.csv",
    "*.egg-info/*",
)
"""Files in the folder of an application that are not part of it."""
_IGNORED = re.compile("|".join(map(translate, IGNORED)))


@dataclass(frozen=True, slots=True)
class Application:
    """The Books application in one framework."""

    id: str
    folder: Path
    record: Declared
    processes: Mapping[str, str]
    dependencies: tuple[str, ...]
    """The packages that it asks for itself to run, by name and sorted; those of its tests are left out."""
    document: Document
    """app.yml, with the line and column of every key."""

    @property
    def language(self) -> Literal["python", "node"]:
        """Return what it runs on."""
        return "node" if self.record.node else "python"


def files_of(folder: Path) -> list[Path]:
    """Return the files of an application's folder, sorted by name, without what running it leaves behind."""
    start = len(folder.as_posix())
    return sorted(file for file in folder.rglob("*") if not _IGNORED.match(file.as_posix(), start) and file.is_file())


def digest(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of an application's files."""
    summed = hashlib.sha256()
    for file in files_of(folder):
        summed.update(f"{file.relative_to(folder).as_posix()}\n".encode())
        summed.update(hashlib.sha256(file.read_bytes()).digest())
    return summed.hexdigest()


def processes_of(procfile: str) -> dict[str, str]:
    """Return the commands of a Procfile by name; other lines are left out."""
    return dict(re.findall(r"^([A-Za-z0-9_-]+):[ \t]*(\S.*?)[ \t]*$", procfile, re.MULTILINE))


def load(root: Path, shown: str = "lab/apps") -> tuple[dict[str, Application], list[Problem]]:
    """Return the applications below `root` by id, and what is wrong with their form."""
    applications, problems = {}, []
    for file in sorted(root.glob("*/app.yml")):
        application, found = _load(file, f"{shown}/{file.parent.name}")
        problems += found
        if application:
            applications[application.id] = application
    return applications, problems


def _load(file: Path, shown: str) -> tuple[Application | None, list[Problem]]:
    document = read(file, f"{shown}/{file.name}")
    checked = validate(Declared, document)
    procfile = file.with_name("Procfile")
    processes = processes_of(procfile.read_text(encoding="utf-8")) if procfile.is_file() else {}
    problems = [*document.problems, *checked.problems, *_form(checked, processes)]
    if checked.record is None:
        return None, problems
    wanted, wrong = _dependencies(file.parent, checked.record, shown)
    return Application(file.parent.name, file.parent, checked.record, processes, wanted, document), [*problems, *wrong]


def _dependencies(folder: Path, record: Declared, shown: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the direct dependencies; none where it is not clear what the application runs on."""
    if bool(record.python) == bool(record.node):
        return (), []
    return dependencies.of_node(folder, shown) if record.node else dependencies.of_python(folder, shown)


def _form(checked: Validated[Declared], processes: Mapping[str, str]) -> list[Problem]:
    """The Procfile has every process, every concept is answered once, and it runs on Python or on Node.js."""
    document, record = checked.document, checked.readable
    problems = [
        document.problem(
            (), f"The Procfile beside it has no line “{name}: …”. Add it; lab/books/CONTRACT.md says what it is for."
        )
        for name in PROCESSES
        if name not in processes
    ]
    if record is None:
        return problems
    runs = (checked.reads(("python",)), checked.reads(("node",)))
    if all(runs) and bool(record.python) == bool(record.node):
        problems.append(document.problem((), "Name python or node, the lowest release that it runs on, and only one."))
    problems += [problem for problem in _postgresql(document, record) if checked.reads(problem.where or ())]
    problems += [problem for problem in _concepts(document, record) if checked.reads(problem.where or ())]
    return problems


def _postgresql(document: Document, record: Declared) -> Iterator[Problem]:
    """Yield what is wrong with what is said of PostgreSQL: a driver, or a reason with its page."""
    on = record.postgresql
    if on and bool(on.driver) == bool(on.none):
        yield document.problem(("postgresql",), "Write either the driver, or none: and the reason.")
    elif on and bool(on.none) != bool(on.source):
        yield document.problem(("postgresql",), "A reason has a source, the page that shows it; a driver has none.")


def _concepts(document: Document, record: Declared) -> Iterator[Problem]:
    """Yield what is wrong with the names of concepts: each is answered once, by a name or by a reason."""
    for name, concept in record.concepts.items():
        where = ("concepts", name)
        if name not in CONCEPTS:
            yield document.problem(where, f"{name} is not a concept. They are {', '.join(CONCEPTS)}.")
        elif bool(concept.name) == bool(concept.none):
            yield document.problem(where, "Write either what it is called, or none: and the reason.")
    missing = [name for name in CONCEPTS if name not in record.concepts]
    if missing:
        message = f"Not answered: {', '.join(missing)}. Add each of them, or none: and the reason."
        yield document.problem(("concepts",), message)
