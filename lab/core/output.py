"""What a run leaves behind: whole JSON files with the moment and the machine, and lines that show its progress."""

from __future__ import annotations

import json
import os
import platform
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lab.core.progress import Progress, clock
from lab.core.python import ROOT, LabError, RefusedError, last_line
from macros.catalog import sources
from macros.schema.entries import Entry

MEASURED = ROOT / "data" / "measured"
TYPE_COVERAGE = "typing"
"""The folder below MEASURED that holds the results of `type-coverage`."""
LONGEST_LINE = 200


def write(file: Path, data: Mapping[str, Any]) -> None:
    """Put the data into the file as JSON; whoever reads it finds the old file or the whole new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def moment() -> str:
    """Return the present moment in UTC, to the second: `2026-11-20T07:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def machine() -> dict[str, str | int]:
    """Return what a figure depends on: the processor's name, its cores, the system and its architecture."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    system = f"{platform.system()} {platform.release()}"
    return {
        "cpu": models[0] if models else "unknown",
        "cores": os.cpu_count() or 1,
        "system": system,
        "architecture": platform.machine(),
    }


def entries(data: Path = ROOT / "data") -> dict[str, tuple[str, Entry]]:
    """Return the kind and the record of every entry that can be read, by id."""
    found = sources.load(data).entries
    return {loaded.id: (loaded.folder, loaded.record) for loaded in found if loaded.record}


def chosen(arguments: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the ids that are asked for, or all that are known; leave with status 2 at one that is not."""
    unknown = [name for name in arguments if name not in known]
    if unknown:
        sys.stderr.write(f"Not known here: {', '.join(unknown)}. Known are {', '.join(known)}.\n")
        raise SystemExit(2)
    return list(dict.fromkeys(arguments)) or list(known)


def each(ids: Sequence[str], work: Callable[[str], tuple[dict[str, Any], str]], folder: Path) -> int:
    """Write what `work` returns for every id into the folder; return 0, or 1 where the lab could not work for one.

    `work` returns the data and a few words for the line of progress. What fails leaves the others and its old file.
    A request to terminate unwinds what is running, so that no server is left behind.
    """
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    progress, failed = Progress(len(ids)), []
    for name in ids:
        try:
            data, words = work(name)
            write(folder / f"{name}.json", data)
        except (LabError, RefusedError, OSError) as error:
            words = f"not measured: {last_line(str(error))}"
            failed.append(f"{name}: {words}")
        progress.step(f"{name}: {words}"[:LONGEST_LINE])
    summary = f"{len(ids) - len(failed)} of {len(ids)} measured in {clock(progress.elapsed)}"
    sys.stderr.write("\n".join([*failed, summary, ""]))
    return 1 if failed else 0
