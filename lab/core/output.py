"""What a run leaves behind: whole files, with the moment and the machine."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml

from macros.schema.base import Record
from macros.schema.measured.base import Machine, Result
from macros.schema.measured.measures import Measure

ResultT = TypeVar("ResultT", bound=Result)


def write_text(file: Path, text: str) -> None:
    """Put the text into the file; a reader finds the old file or the whole new one, even after an interruption."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def write_json(file: Path, data: Mapping[str, Any]) -> None:
    """Put the data into the file as JSON, whole or not at all."""
    write_text(file, json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def write_result(file: Path, result: Result) -> None:
    """Put the result into the file as JSON, whole or not at all."""
    write_json(file, as_data(result))


def read_result(file: Path, record: type[ResultT]) -> ResultT:
    """Return the result in the file; raise pydantic's ValidationError if it does not have this form."""
    return record.model_validate_json(file.read_bytes(), by_name=False)


def write_measure(file: Path, measure: Measure) -> None:
    """Put the measure into the file as YAML, whole or not at all."""
    data = measure.model_dump(by_alias=True, exclude_defaults=True)
    write_text(file, yaml.dump(data, Dumper=_Plain, sort_keys=True, allow_unicode=True, width=120))


class _Plain(yaml.SafeDumper):
    """Writes shared values twice, because the reader of data/ follows no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that nothing is written as an alias."""
        return True


def as_data(result: Record) -> dict[str, Any]:
    """Return the record as JSON holds it: hyphens in keys, dates as text, nothing that equals its default."""
    return result.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def moment() -> str:
    """Return the present moment in UTC, to the second: `2026-11-20T07:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def machine() -> Machine:
    """Return this machine."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return Machine(
        cpu=models[0] if models else "unknown",
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.release()}",
        architecture=platform.machine(),
    )
