"""The small programs in lab/programs/: what each installs, and the command that serves it, as its own header says.

The header is inline script metadata (https://packaging.python.org/en/latest/specifications/inline-script-metadata/):

    # /// script
    # dependencies = ["flask", "gunicorn"]
    # [tool.lab]
    # serve = "gunicorn smoke:app --bind 127.0.0.1:{port}"
    # ///

`setup` is a command that runs before; `cure` is what else is installed in a second try where the package does not
work with what it declares. With `serve`, the test has passed when GET / is answered with {"hello": "world"}; without
it, when the script ends with status 0. A test runs as `smoke.py` in a folder of its own, so that its name shadows no
package.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "programs"
HEADER = re.compile(r"^(?P<sign>#|//) /// script$\n(?P<lines>(?:^(?P=sign)(?: .*)?$\n)+?)^(?P=sign) ///$", re.MULTILINE)
ANSWER = {"hello": "world"}
"""What every smallest server says."""


@dataclass(frozen=True, slots=True)
class SmokeTest:
    """One file of lab/programs/."""

    entry: str
    file: Path
    dependencies: tuple[str, ...]
    serve: str | None = None
    setup: str | None = None
    cure: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what the file is called where it runs."""
        return f"smoke{self.file.suffix}"

    def put_into(self, folder: Path) -> None:
        """Copy the test into an empty folder."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(self.file, folder / self.name)


def read(file: Path) -> SmokeTest:
    """Return the test in the file; raise ValueError where its header is missing or wrong."""
    header = HEADER.search(file.read_text(encoding="utf-8"))
    if not header:
        raise ValueError(f"{file.name} has no `/// script` header. Say there what it installs.")
    sign = header["sign"]
    lines = [line.removeprefix(sign).removeprefix(" ") for line in header["lines"].splitlines()]
    data = tomllib.loads("\n".join(lines))
    own = data.get("tool", {}).get("lab", {})
    cure = tuple(own.get("cure", ()))
    return SmokeTest(file.stem, file, tuple(data["dependencies"]), own.get("serve"), own.get("setup"), cure)


def all_tests(folder: Path = TESTS, suffixes: tuple[str, ...] = (".py",)) -> dict[str, SmokeTest]:
    """Return the tests in the folder by entry."""
    return {file.stem: read(file) for file in sorted(folder.iterdir()) if file.suffix in suffixes}


def is_answer(body: bytes) -> bool:
    """Return whether the body is the JSON that every smallest server answers with."""
    try:
        return bool(json.loads(body) == ANSWER)
    except ValueError:
        return False
