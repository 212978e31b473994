"""The entries of the catalog that a measurement can be about."""

from __future__ import annotations

from pathlib import Path

from lab.core.paths import DATA
from macros.reading.documents import read
from macros.reading.validation import validate
from macros.schema.entries import Entry


def entries(data: Path = DATA) -> dict[str, tuple[str, Entry]]:
    """Return the kind and the record of every entry that can be read, by id, in the order of the kinds.

    Only the files of entries are read. What is wrong with a record is the business of `make check`.
    """
    found: dict[str, tuple[str, Entry]] = {}
    for kind in kinds(data):
        for file in sorted((data / kind).glob("*.yml")):
            record = validate(Entry, read(file, file.name)).record
            if record:
                found[file.stem] = (kind, record)
    return found


def kinds(data: Path = DATA) -> list[str]:
    """Return the ids of the kinds, by their position."""
    files = [file for file in (data / "criteria").glob("*.yml") if file.stem != "shared"]
    positions = {file.stem: read(file, file.name).data["position"] for file in files}
    return sorted(positions, key=lambda kind: (positions[kind], kind))
