"""The Books applications as stacks: a page of their list, from their own store, through their real ORM.

Each runs as its Procfile says, with its own packages and its own request log. So this compares applications, each
written as its framework's documentation teaches it, and not only frameworks.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from lab.bench.environments import Environment
from lab.bench.stacks import RECOMMENDED, Stack
from lab.bench.workloads import JSON, Request, Workload, answers, value_of
from lab.core import node, python, tools
from lab.core.errors import LabError
from lab.core.paths import CACHE, ROOT
from lab.core.processes import finish
from lab.core.python import Lock
from macros.code import applications
from macros.code.applications import Application

COUNT, PAGE = 1000, 20
COLUMNS = ("title", "isbn", "published", "pages", "author")
OLDEST = "3.11"
"""The oldest Python of an application that names none."""
SECRET = "a secret of the benchmarks, longer than 32 characters"  # noqa: S105 - of a server that lives for seconds
COMMAND_WITHIN = 300.0
_APPLICATIONS: Mapping[str, Application] = applications.load(ROOT / "lab" / "apps")[0]


def rows() -> Iterator[dict[str, str]]:
    """Yield the books: a thousand by fifty authors, every fourth without pages."""
    for number in range(COUNT):
        digits = f"978{number:09}"
        total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
        yield {
            "title": f"Book {number:04}",
            "isbn": f"{digits}{-total % 10}",
            "published": f"{2001 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}",
            "pages": "" if number % 4 == 3 else str(100 + number),
            "author": f"Author {number % 50:02}",
        }


def _is_page(body: bytes) -> str:
    """Return what is wrong with the first page, which is sorted by title."""
    found = value_of(body)
    if not isinstance(found, dict) or (found.get("total"), found.get("page"), found.get("per_page")) != (
        COUNT,
        1,
        PAGE,
    ):
        return f"not the first {PAGE} of {COUNT} books: {body[:80]!r}"
    try:
        seen = [{**item, "id": None, "author": item["author"]["name"]} for item in found["items"]]
        ids = {item["id"] for item in found["items"]}
    except (KeyError, TypeError):
        return f"books without an id or an author: {body[:80]!r}"
    expected = [{**row, "id": None, "pages": int(row["pages"] or 0) or None} for row in islice(rows(), PAGE)]
    right = seen == expected and len(ids) == PAGE
    return "" if right else f"{len(seen)} books that are not the first by their titles: {body[:80]!r}"


WORKLOAD = Workload(
    id="books",
    title="Twenty of a thousand books, with the ORM",
    request=Request(method="GET", path=f"/api/books?per_page={PAGE}"),
    check=answers(200, JSON, _is_page),
)
STACKS: Mapping[str, Stack] = {
    f"books-{name}": Stack(
        id=f"books-{name}",
        entry=name,
        title=f"Books in {name}",
        setup="",
        adapter="",
        program="books",
        language=application.language,
        lane=RECOMMENDED,
        server=application.processes["web"].split()[0],
        interface="own",
        floor="",
        callgrind=application.language == "python",
    )
    for name, application in _APPLICATIONS.items()
}
"""One for each application."""


def prepare(stack: Stack) -> Environment:
    """Return the application with everything installed and a thousand books in its store.

    Raises LabError, RefusedError or FailedError if that fails.
    """
    application = _APPLICATIONS[stack.entry]
    lock = application.folder / ("package-lock.json" if stack.language == "node" else "requirements.txt")
    runtime = _runtime(application)
    fingerprint = hashlib.sha256(f"{applications.digest(application.folder)} {runtime}".encode()).hexdigest()
    folder = CACHE / "bench" / f"{stack.id}-{fingerprint[:12]}"
    environment = Environment(
        stack=stack,
        folder=folder,
        python=None if stack.language == "node" else folder / "environment" / "bin" / "python",
        lock=hashlib.sha256(lock.read_bytes()).hexdigest(),
        versions=_versions(application, lock),
        runtime=runtime,
    )
    if not (folder / "complete").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        _install(application, folder)
        _fill(application, environment)
        (folder / "complete").touch()
    return environment


def command(stack: Stack, environment: Environment, port: int) -> list[str]:
    """Return the command that serves the application on 127.0.0.1, from its own folder."""
    web = f"exec {_APPLICATIONS[stack.entry].processes['web']}"
    place = ["env", "-C", str(environment.folder / "application"), "HOST=127.0.0.1", f"PORT={port}"]
    return [*place, "/bin/sh", "-c", web]


def variables(stack: Stack, environment: Environment, workload: Workload | None = None) -> dict[str, str]:
    """Return the environment variables that the application starts with."""
    modules = environment.folder / "application" / "node_modules" / ".bin"
    own = {
        "BOOKS_DATABASE": str(environment.folder / "books.db"),
        "BOOKS_SECRET": SECRET,
        "BOOKS_EDITOR": "editor",
        "BOOKS_PASSWORD": "a password of the benchmarks",
        "NODE_ENV": "production",
    }
    return tools.bare_variables(modules if stack.language == "node" else environment.bin) | own


def _runtime(application: Application) -> str:
    if application.language == "node":
        return f"Node.js {node.version_of_node()}"
    return f"CPython {_interpreter(application).version}"


def _interpreter(application: Application) -> python.Interpreter:
    return python.newest(application.record.python or OLDEST, application.record.python_at_most)


def _versions(application: Application, lock: Path) -> dict[str, str]:
    """Return the locked version of each package that the application asks for itself."""
    if application.language == "node":
        pinned = node.NodeEnvironment(lock.parent, Path(node.found("node"))).versions
    else:
        pinned = Lock(lock.read_text(encoding="utf-8")).versions
    return {name: pinned[name] for name in application.dependencies if name in pinned}


def _install(application: Application, folder: Path) -> None:
    """Copy the application and install what its lock says."""
    copied = folder / "application"
    for file in applications.files_of(application.folder):
        target = copied / file.relative_to(application.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    if application.language == "python":
        lock = Lock((copied / "requirements.txt").read_text(encoding="utf-8"))
        python.make(folder / "environment", lock, _interpreter(application))
        return
    npm = node.found("npm")
    tools.run([npm, "ci", *node.OPTIONS], cwd=copied)
    node.complete_sqlite(copied)
    if "build" in json.loads((copied / "package.json").read_text(encoding="utf-8")).get("scripts", {}):
        tools.run([npm, "run", "build"], cwd=copied)


def _fill(application: Application, environment: Environment) -> None:
    """Make the tables and import the books, with the application's own commands."""
    together = variables(environment.stack, environment) | {"HOST": "127.0.0.1", "PORT": "18000"}
    with tempfile.TemporaryDirectory(prefix="bench-books-") as name:
        file = Path(name) / "books.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, COLUMNS)
            writer.writeheader()
            writer.writerows(rows())
        for process, arguments in (("release", ()), ("import", (str(file),))):
            place = ["env", "-C", str(environment.folder / "application")]
            words = ["/bin/sh", "-c", f'exec {application.processes[process]} "$@"', "sh", *arguments]
            finish([*place, *words], Path(name), together, COMMAND_WITHIN)
    if not (environment.folder / "books.db").is_file():
        raise LabError(f"{application.id} has made no store")
