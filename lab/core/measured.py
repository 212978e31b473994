"""How measured records are written: the schema is macros.measured, so that the site reads what the lab wrote."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from macros.schema.base import Record
from macros.schema.ratings import Measured


class _Plain(yaml.SafeDumper):
    """Writes what is shared twice: the reader of data/ follows no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that nothing is written as an alias."""
        return True


def as_data(record: Record) -> dict[str, Any]:
    """Return the record as JSON holds it: hyphens in keys, dates as text."""
    return record.model_dump(mode="json", by_alias=True)


def write_measure(file: Path, measure: Mapping[str, Any]) -> None:
    """Put a measure into the file as YAML once the schema takes it; an interruption leaves the old file.

    Raises pydantic's ValidationError where the schema does not take it.
    """
    Measured.model_validate(measure)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        text = yaml.dump(dict(measure), Dumper=_Plain, sort_keys=True, allow_unicode=True, width=120)
        draft.write_text(text, "utf-8")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
