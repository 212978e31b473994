"""How the criteria of a commit and their values are called, read as lightly as its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from macros.views.changes import Said
from tools.changes.records import mappings, parsed
from tools.changes.revisions import Files

CRITERIA = "data/criteria/"
SHARED = f"{CRITERIA}shared.yml"


def names_of(files: Files) -> dict[tuple[str, str], Said]:
    """Return how the criteria of each kind and their values are called."""
    scales = parsed(files.get("data/scales.yml", b"")).get("scales")
    known = scales if isinstance(scales, dict) else {}
    shared = {str(one.get("id")): one for one in mappings(parsed(files.get(SHARED, b"")).get("criteria"))}
    return {
        (PurePosixPath(name).stem, str(criterion.get("id"))): _said(criterion, known)
        for name, content in files.items()
        if name.startswith(CRITERIA) and name != SHARED
        for criterion in _criteria(parsed(content), shared)
    }


def _criteria(kind: Mapping[str, Any], shared: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for group in mappings(kind.get("groups")):
        members = group.get("criteria")
        for member in members if isinstance(members, list) else ():
            criterion = member if isinstance(member, dict) else shared.get(str(member))
            if criterion:
                yield criterion


def _said(criterion: Mapping[str, Any], scales: Mapping[str, Any]) -> Said:
    scale = scales.get(str(criterion.get("scale")))
    values = criterion.get("values") or (scale.get("values") if isinstance(scale, dict) else None)
    labels = {
        str(value): str(meaning["label"])
        for value, meaning in (values.items() if isinstance(values, dict) else ())
        if isinstance(meaning, dict) and "label" in meaning
    }
    return Said(str(criterion.get("name", criterion.get("id"))), labels)
