"""Takes entries out of a data folder, with everything that refers to them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

_NAMES_AN_ENTRY = ("to", "entry")
"""Keys of a mapping in a list that is about one entry: an edge, a part of a stack, a remark."""


class WithoutAliases(yaml.SafeDumper):
    """Writes what occurs twice twice, because records may have neither anchors nor aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that nothing is written as an alias."""
        return True


def write_record(file: Path, record: Any) -> None:
    """Write a record as YAML."""
    text = yaml.dump(record, Dumper=WithoutAliases, sort_keys=False, allow_unicode=True, width=1000)
    file.write_text(text, encoding="utf-8")


def remove_entries(data: Path, gone: Collection[str]) -> None:
    """Remove the frameworks `gone` from the data folder: records, measurements, and references in other files."""
    if not gone:
        return
    word = re.compile(rf"\b({'|'.join(map(re.escape, gone))})\b")
    for file in [*data.rglob("*.yml"), *data.glob("measured/**/*.json")]:
        text = file.read_text(encoding="utf-8")
        is_json = file.suffix == ".json"
        if not word.search(text):
            continue
        record = json.loads(text) if is_json else yaml.safe_load(text)
        if file.stem in gone or (is_json and record.get("entry") in gone):
            file.unlink()
        elif file.parent == data / "measured" / "benchmarks":
            file.write_text(json.dumps(run_without(record, gone)), encoding="utf-8")
        elif is_json:
            file.write_text(json.dumps(without(record, gone)), encoding="utf-8")
        elif (kept := without(record, gone)).get("statements") == []:
            file.unlink()
        else:
            write_record(file, kept)


def without(data: Any, gone: Collection[str]) -> Any:
    """Return the data without its references to the entries `gone`; a fact that rests on one names a package."""
    if isinstance(data, list):
        return [without(item, gone) for item in data if not _refers(item, gone)]
    if not isinstance(data, dict):
        return data
    kept = {}
    for key, value in data.items():
        if key == "via":
            kept[key] = [f"pkg:pypi/{name}" if name in gone else name for name in _listed(value)]
        elif key not in gone and not (key in ("used-with", "recommends") and _refers(value, gone)):
            kept[key] = without(value, gone)
    return kept


def run_without(run: dict[str, Any], gone: Collection[str]) -> dict[str, Any]:
    """Return a run of the benchmarks without the stacks of the entries `gone`."""
    stacks = {name for name, stack in run["stacks"].items() if stack.get("entry") in gone}
    kept: dict[str, Any] = without(run, stacks)
    for part in ("instructions", "visits", "controls", "growth"):
        kept[part] = [item for item in kept.get(part, []) if item["stack"] not in stacks]
    for order in kept["orders"]:
        order["ratios"] = {pair: ratio for pair, ratio in order["ratios"].items() if stacks.isdisjoint(pair.split("/"))}
        order["bands"] = [band for band in order["bands"] if band["stacks"]]
    return kept


def _is_empty_without(item: Mapping[str, Any], gone: Collection[str]) -> bool:
    """Return whether an item is a statement of a witness that names no other entry."""
    named = [*_listed(item.get("recommends", [])), *_listed(item.get("against", []))] if "cases" in item else []
    return bool(named) and all(name in gone for name in named)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _refers(item: Any, gone: Collection[str]) -> bool:
    """Return whether an item of a list is an entry that is gone, or is about one."""
    if isinstance(item, dict):
        described = "describes" in item and item.get("of") in gone
        return described or any(item.get(key) in gone for key in _NAMES_AN_ENTRY) or _is_empty_without(item, gone)
    return isinstance(item, str) and item in gone
