"""How much of a package's public API a type checker knows the types of.

`python -m lab type-coverage [ID …]` writes data/measured/type-coverage/ID.json: pyright's --verifytypes, over every
Python package of the catalog. pyright refuses a package without py.typed; then the figure is that of a copy with the
marker added.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from packageurl import PackageURL
from packaging.utils import canonicalize_name

from lab.core import python
from lab.core.calls import named
from lab.core.entries import entries
from lab.core.errors import LabError, RefusedError, last_line
from lab.core.output import moment
from lab.core.paths import CACHE, MEASURED
from lab.core.python import Environment
from lab.core.runner import chosen, measure_each
from lab.core.tools import PATIENCE
from lab.type_coverage.parameters import count_parameters
from macros.schema.measured.type_coverage import Tool, TypeCounts, TypeCoverage

TOOL = "pyright"
OPTIONS = ("--ignoreexternal", "--outputjson")
NOT_THE_INTERFACE = {"tests", "test", "docs", "examples", "benchmarks"}


def checker() -> Environment:
    """Return the environment that the type checker is in, with its newest release."""
    interpreter = python.newest()
    return python.make(CACHE / "type-coverage" / "_checker", python.resolve([TOOL], interpreter), interpreter)


def install(entry: str, requirement: str) -> tuple[Environment, str]:
    """Return an environment with the package, and the series of the newest Python that it can be installed on.

    Raises RefusedError if there is none. A later Python than this machine's is tried last: the package is then
    installed as for that Python, to be read and not to be run.
    """
    refusals = []
    here = python.interpreters()
    tries = [(found, None) for found in here] + [(here[0], later) for later in python.later_series()]
    for interpreter, later in tries:
        try:
            lock = python.resolve([requirement], interpreter, later)
            made = python.make(CACHE / "type-coverage" / entry, lock, interpreter, later)
        except RefusedError as error:
            refusals.append(str(error))
            continue
        return made, later or interpreter.series
    raise RefusedError(refusals[0])


def import_name(packages: Path, package: str) -> str:
    """Return the name that the package is imported by, from the list of its files; raise LabError if it is unclear."""
    for information in packages.glob("*.dist-info"):
        if canonicalize_name(information.stem.rpartition("-")[0]) != package:
            continue
        with (information / "RECORD").open(encoding="utf-8", newline="") as lines:
            files = [Path(row[0]) for row in csv.reader(lines) if row]
        tops = {file.parts[0].removesuffix(".py") for file in files if file.suffix in (".py", ".pyi", ".so")}
        names = sorted(name for name in tops - NOT_THE_INTERFACE if name.isidentifier())
        if len(names) == 1:
            return names[0]
        raise LabError(f"{package} is imported as {' or '.join(names) or 'nothing'}: one name is needed")
    raise LabError(f"{package} is not installed in {packages.name}")


def add_marker(packages: Path, name: str) -> None:
    """Mark the installed copy as typed; a single module becomes a package of one file."""
    folder, module = packages / name, packages / f"{name}.py"
    if module.is_file():
        folder.mkdir()
        module.rename(folder / "__init__.py")
    (folder / "py.typed").touch()


def verify(tool: Environment, environment: Environment, name: str, series: str) -> dict[str, Any]:
    """Return what pyright reports about an importable name in the environment, with that Python's rules.

    pyright finds the environment by the PATH: version 1.1.414 ignores --pythonpath here.
    """
    path = os.pathsep.join([str(environment.path / "bin"), os.environ["PATH"]])
    command = [str(tool.path / "bin" / TOOL), "--verifytypes", name, "--pythonversion", series, *OPTIONS]
    return read_report(command, environment.path, {**os.environ, "PATH": path})


def read_report(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the report that the checker prints in the folder; raise LabError if it prints none."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=variables, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        report: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    except subprocess.TimeoutExpired:
        raise LabError(f"the type checker took more than {PATIENCE} s") from None
    except ValueError:
        said = last_line(done.stderr or done.stdout)
        raise LabError(f"the type checker printed no report: {said}") from None
    return report


def refusal(report: Mapping[str, Any]) -> str | None:
    """Return why pyright did not verify the package, or None if it did."""
    if report["typeCompleteness"]["symbols"]:
        return None
    messages = [found["message"] for found in report["generalDiagnostics"]]
    return "; ".join(messages) or "no public symbols were found"


def own_tests(packages: Path, name: str) -> list[str]:
    """Return the modules below `name` that are the package's test suite: folders of tests that contain test files."""
    folders = (folder for pattern in ("test", "tests") for folder in (packages / name).rglob(pattern))
    suites = [folder for folder in folders if any(folder.glob("test_*.py")) or any(folder.glob("*_test.py"))]
    return sorted(".".join(folder.relative_to(packages).parts) for folder in suites)


def counts(report: Mapping[str, Any], without: Sequence[str] = ()) -> TypeCounts:
    """Return how many exported symbols have known, ambiguous and unknown types, and the share of the known ones.

    Symbols of the modules in `without` do not count. Raises LabError if none is left.
    """
    known = ambiguous = total = 0
    for symbol in report["typeCompleteness"]["symbols"]:
        if symbol["isExported"] and not any(f"{symbol['name']}.".startswith(f"{module}.") for module in without):
            total += 1
            known += symbol["isTypeKnown"]
            ambiguous += symbol["isTypeAmbiguous"]
    if not total:
        raise LabError("it exports nothing but its tests")
    return TypeCounts(
        known=known, ambiguous=ambiguous, unknown=total - known - ambiguous, share=round(known / total, 4)
    )


def measure(entry: str, package: str, tool: Environment) -> tuple[TypeCoverage, str]:
    """Return the result for an entry, and the same in a few words.

    If pyright refuses the package as it is published, the counts are those of a copy with the marker added. The
    package's test suite does not count.
    """
    latest = python.newest_release(package)
    environment, series = install(entry, f"{package}=={latest}")
    name = import_name(environment.packages, package)
    marked = (environment.packages / name / "py.typed").is_file()
    report = verify(tool, environment, name, series)
    refused = refusal(report)
    if refused and not marked:
        add_marker(environment.packages, name)
        report = verify(tool, environment, name, series)
    suites = own_tests(environment.packages, name)
    if refusal(report):
        raise LabError(f"pyright does not verify {name}: {refusal(report)}")
    found = counts(report, suites)
    stated = count_parameters(environment.packages, name, suites)
    result = TypeCoverage(
        **dict(found),
        entry=entry,
        package=f"pkg:pypi/{package}",
        version=latest,
        module=name,
        python=series,
        marker_added=bool(refused),
        parameters=stated.parameters,
        annotated=stated.annotated,
        without=tuple(suites),
        as_reported=counts(report) if suites else None,
        tool=Tool(name=TOOL, version=report["version"]),
        command=f"python -m lab type-coverage {entry}",
        moment=moment(),
    )
    known = f"{found.known} known, {found.ambiguous} ambiguous, {found.unknown} unknown"
    return result, f"{name} {latest}: {known}{'; py.typed added' if refused else ''}"


def main(arguments: list[str]) -> int:
    """Measure the entries asked for, or all that have a Python package; return 1 if one could not be measured."""
    asked = named("type-coverage", __doc__, arguments)
    packages = {
        entry: canonicalize_name(PackageURL.from_string(record.package).name)
        for entry, (_, record) in entries().items()
        if record.language == "Python" and record.package
    }
    ids = chosen(asked, list(packages))
    tool = checker()
    return measure_each(ids, lambda entry: measure(entry, packages[entry], tool), MEASURED / "type-coverage")
