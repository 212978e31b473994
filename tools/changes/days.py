"""The files of data/changes/: which days are to be written, and their YAML."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from macros.schema.changes import DayOfChanges
from tools.changes.revisions import GitError, days, is_shallow

HEAD = "# Written by `python -m tools.changes --write` from the history of the repository. Not edited by hand.\n"


def days_to_write(root: Path, folder: Path, *, every: bool) -> dict[str, tuple[str | None, str]]:
    """Return the days from the newest file on, each with the last commit of the day before it and its own last one.

    The first day of all has none before it. Raise GitError where a part of the history was left out.
    """
    if is_shallow(root):
        raise GitError("This clone has only a part of the history. Run: git fetch --unshallow")
    known = [(None, None), *days(root).items()]
    newest = "" if every else max((file.stem for file in folder.glob("*.yml")), default="")
    return {day: (before[1], commit) for before, (day, commit) in pairwise(known) if day and commit and day >= newest}


def written(record: DayOfChanges) -> str:
    """Return the record as YAML; a change is one line."""
    data = record.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    return HEAD + yaml.dump(_compact(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes changes on one line, everything else in blocks."""


_Dumper.add_representer(_Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, True))


def _compact(data: Any) -> Any:
    if isinstance(data, dict):
        if data.keys() <= {"was", "now", "version"}:
            return _Flow(data)
        return {key: _compact(value) for key, value in data.items()}
    return data
