"""What a run has done so far, kept in .cache/lab/bench/run/, so that it goes on after an interruption."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lab.core.output import moment, write_json
from lab.core.paths import CACHE

FOLDER, CHECK = CACHE / "bench" / "run", CACHE / "bench" / "check"
"""Where a run is kept, and where one that only looks at the answers."""


class State:
    """The steps of a run that are done, by key, each with its record and the seconds that it took."""

    def __init__(self, options: dict[str, Any], folder: Path = FOLDER, *, fresh: bool = False) -> None:
        """Go on with the run in the folder if it was begun with the same options, else begin a new one."""
        self._folder, self._options = folder, options
        self.done: dict[str, tuple[str, Any]] = {}
        self.spent = 0.0
        self.began = moment()
        self.continued = False
        if not fresh and self._same():
            self._read()
        else:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            write_json(folder / "run.json", {"options": options, "began": self.began})

    def _same(self) -> bool:
        try:
            return bool(json.loads((self._folder / "run.json").read_text(encoding="utf-8"))["options"] == self._options)
        except (OSError, ValueError, KeyError):
            return False

    def _read(self) -> None:
        self.began = json.loads((self._folder / "run.json").read_text(encoding="utf-8"))["began"]
        for line in self._lines():
            self.done[line["key"]] = line["kind"], line["record"]
            self.spent += line["seconds"]
        self.continued = bool(self.done)

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Yield the steps; the last line is left out if the run was interrupted while it was written."""
        file = self._folder / "steps.jsonl"
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            try:
                yield json.loads(line)
            except ValueError:
                return

    def keep(self, key: str, kind: str, record: Any, seconds: float) -> None:
        """Keep the record of a step."""
        self.done[key] = kind, record
        self.spent += seconds
        line = json.dumps({"key": key, "kind": kind, "record": record, "seconds": round(seconds, 2)})
        with (self._folder / "steps.jsonl").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def records(self, kind: str) -> list[Any]:
        """Return the records of a kind, in the order in which they were made."""
        return [record for found, record in self.done.values() if found == kind]

    def close(self) -> None:
        """Forget the run: its result is written."""
        shutil.rmtree(self._folder, ignore_errors=True)
