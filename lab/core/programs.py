"""The small programs in lab/programs/: what each installs, and the command that serves it, as its header says.

The header is inline script metadata (https://packaging.python.org/en/latest/specifications/inline-script-metadata/):

    # /// script
    # dependencies = ["flask", "gunicorn"]
    # [tool.lab]
    # serve = "gunicorn smoke:app --bind 127.0.0.1:{port}"
    # ///

`setup` is a command that runs before. `cure` is what a second try installs as well, if the package does not work with
what it declares. A program with `serve` has passed when GET / is answered with {"hello": "world"}; one without it has
passed when the script ends with status 0. It runs as `smoke.py` in a folder without other files, so that its name
hides no package.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lab.core.paths import ROOT
from lab.core.processes import finish
from lab.core.python import package_of
from macros.schema.entries import Entry
from macros.schema.fields import package_name

FOLDER = ROOT / "lab" / "programs"
HEADER = re.compile(r"^(?P<sign>#|//) /// script$\n(?P<lines>(?:^(?P=sign)(?: .*)?$\n)+?)^(?P=sign) ///$", re.MULTILINE)
ANSWER = {"hello": "world"}
"""What every smallest server answers."""
LONGEST = 60.0
"""Seconds that a setup or a script may take."""


@dataclass(frozen=True, slots=True)
class Program:
    """One file of lab/programs/, and the entry that it uses."""

    entry: str
    file: Path
    dependencies: tuple[str, ...]
    serve: str | None = None
    setup: str | None = None
    cure: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the file's name in the folder where it runs."""
        return f"smoke{self.file.suffix}"

    @property
    def language(self) -> Literal["python", "node"]:
        """Return what runs it: `python` or `node`."""
        return "node" if self.file.suffix == ".mjs" else "python"

    def put_into(self, folder: Path, variables: Mapping[str, str]) -> None:
        """Copy the program into an emptied folder and run its setup; raise FailedError if that fails."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(self.file, folder / self.name)
        if self.setup:
            finish(shlex.split(self.setup), folder, variables, LONGEST)


def header(text: str) -> dict[str, Any]:
    """Return what the header of a program says; nothing if it has none."""
    found = HEADER.search(text)
    if not found:
        return {}
    sign = found["sign"]
    return tomllib.loads("\n".join(line.removeprefix(sign).removeprefix(" ") for line in found["lines"].splitlines()))


def read(file: Path) -> Program:
    """Return the program in the file; raise ValueError if its header is missing or wrong."""
    data = header(file.read_text(encoding="utf-8"))
    if not data:
        raise ValueError(f"{file.name} has no `/// script` header. Add one that says what it installs.")
    own = data.get("tool", {}).get("lab", {})
    cure = tuple(own.get("cure", ()))
    return Program(file.stem, file, tuple(data["dependencies"]), own.get("serve"), own.get("setup"), cure)


def all_programs(folder: Path = FOLDER, suffixes: tuple[str, ...] = (".py",)) -> dict[str, Program]:
    """Return the programs in the folder by entry."""
    return {file.stem: read(file) for file in sorted(folder.iterdir()) if file.suffix in suffixes}


def packages(known: Mapping[str, Program], records: Mapping[str, Entry]) -> dict[str, str]:
    """Return the package that each program uses: the entry's own, or the first that it installs if it has none."""
    found = {}
    for entry, record in records.items():
        if entry in known:
            program = known[entry]
            named = package_name(record.package) if record.package else program.dependencies[0]
            found[entry] = package_of(named) if program.language == "python" else named
    return found


def is_answer(body: bytes) -> bool:
    """Return whether the body is the JSON that every smallest server answers with."""
    try:
        return bool(json.loads(body) == ANSWER)
    except ValueError:
        return False
