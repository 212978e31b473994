"""Runs functions of one file in the environment of its entry: `python driver.py REPORT FILE NAME …`.

As soon as a function has ended, a line of JSON is added to the report: what ends the process, or does not end, leaves
the outcomes of those before it. It needs the standard library alone, of whichever Python the entry runs on.
"""

from __future__ import annotations

import asyncio
import importlib.util
import inspect
import json
import sys
import time
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

MODULE = "demonstration"
"""What the file is imported as: under its own name it would hide the package that it is about."""


def load(file: str) -> ModuleType:
    """Return the module in the file, known to `import` too, for libraries that look names up."""
    spec = importlib.util.spec_from_file_location(MODULE, file)
    assert spec and spec.loader
    module = sys.modules[MODULE] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[MODULE]  # half of it would answer for the other functions
        raise
    return module


def outcome(name: str, file: str, loaded: ModuleType | None) -> dict[str, Any]:
    """Return how the function ended: the seconds, and why it failed; `loaded` is None until the file is imported."""
    began, message = time.perf_counter(), ""
    try:
        result = getattr(loaded or load(file), name)()
        if inspect.iscoroutine(result):
            asyncio.run(result)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever ends it: timeouts of eventlet and SystemExit are no Exceptions
        message = described(error, file)
    return {"name": name, "seconds": round(time.perf_counter() - began, 3), "message": message}


def described(error: BaseException, file: str) -> str:
    """Return an error with the line of the file that it comes from."""
    said = " ".join(f"{type(error).__name__}: {error}".removesuffix(": ").split())
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"line {own[-1].lineno} ({own[-1].line}): {said}" if own else said


def main(report: str, file: str, names: list[str]) -> None:
    """Run the functions, one after the other."""
    del sys.path[0]  # the folder of this file
    for name in names:
        ended = outcome(name, file, sys.modules.get(MODULE))
        with Path(report).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(ended) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
