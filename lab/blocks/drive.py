"""Runs in a block's environment and folder: takes the steps of NN/steps.py, writes result.json.

`python drive.py STEPS.py all|run`, where `run` leaves the expectations out. It imports nothing of the lab.
"""

from __future__ import annotations

import json
import runpy
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

HERE = Path.cwd()
RESULT = "result.json"


class EndedError(Exception):
    """A step failed that the later ones need."""


class Steps:
    """What a reader does with a block, one after the other."""

    def __init__(self, expecting: bool) -> None:
        self.expecting = expecting
        self.taken: list[dict[str, str]] = []

    def run(self, what: str, action: Callable[[], Any]) -> Any:
        """Take a step that must not fail. If it fails, the block does not run, and no other step is taken."""
        try:
            value = action()
        except BaseException as error:
            self.taken.append({"what": what, "kind": "run", "error": in_a_line(error)})
            raise EndedError from None
        self.taken.append({"what": what, "kind": "run", "error": ""})
        return value

    def expect(self, what: str, action: Callable[[], Any]) -> None:
        """Check what the block is meant to do: the action returns nothing if it did that, or what it did instead."""
        if not self.expecting:
            return
        try:
            instead = action()
        except BaseException as error:
            instead = in_a_line(error)
        self.taken.append({"what": what, "kind": "expect", "error": str(instead or "")})


def in_a_line(error: BaseException) -> str:
    """Return the line of the error that a reader looks for."""
    lines = "".join(traceback.format_exception_only(error)).strip().splitlines()
    line = lines[-1] if isinstance(error, SyntaxError) else lines[0]
    if isinstance(error, AssertionError) and not error.args:
        line = f"{line}: {traceback.extract_tb(error.__traceback__)[-1].line}"
    return line.replace(f"{HERE}/", "")[:300]


def deprecation(warning: warnings.WarningMessage) -> dict[str, str] | None:
    """Return the warning with the file that caused it, or None if it is not about something deprecated."""
    name = warning.category.__name__
    if "Deprecat" not in " ".join(parent.__name__ for parent in warning.category.__mro__) and "Legacy" not in name:
        return None
    file = Path(warning.filename)
    place = file.relative_to(HERE).as_posix() if file.is_relative_to(HERE) else "/".join(file.parts[-2:])
    first = str(warning.message).strip().splitlines()[0].strip()
    return {"category": name, "message": first[:300], "file": place}


def main(steps: str, which: str) -> None:
    """Take the steps of the file and write the results, with the warnings."""
    sys.path.insert(0, str(HERE))
    recorder = Steps(which == "all")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with suppress(EndedError):
            runpy.run_path(steps)["steps"](recorder)
    found = [deprecation(warning) for warning in caught]
    distinct = list({(item["category"], item["message"]): item for item in reversed(found) if item}.values())[::-1]
    (HERE / RESULT).write_text(json.dumps({"steps": recorder.taken, "warnings": distinct}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
