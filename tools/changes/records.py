"""A light reader of records: what is compared, from data of any age.

Records of an older schema would be refused by the one of today. So nothing is validated here: what has another form
than expected is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml
from pydantic import ValidationError

from macros import schema
from macros.catalog.evidence import maintenance_status
from macros.schema.measured.registry import RegistryReading
from tools.changes.revisions import Files

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """The value of a fact, and the release that its page describes."""

    value: str
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a commit says of an entry, as far as it is compared."""

    kind: str
    name: str
    facts: Mapping[str, KnownFact]
    support: Mapping[str, str] = field(default_factory=dict)
    """Until when each release series is supported."""
    release: str | None = None
    status: str | None = None
    is_readable: bool = True
    """Whether the file could be read; otherwise nothing is known of it but that it is there."""


def entries_of(files: Files) -> dict[str, Known]:
    """Return what the files say of each entry, by its id; inherited facts included."""
    kinds = {PurePosixPath(name).stem for name in files if name.startswith("data/criteria/")}
    records, unread = {}, {}
    for name, content in sorted(files.items()):
        path = PurePosixPath(name)
        if len(path.parts) == 3 and path.parts[1] in kinds and path.suffix == ".yml":
            record = parsed(content)
            if isinstance(record.get("name"), str) and "evidence" in record:
                records[path.stem] = (path.parts[1], record)
            else:
                unread[path.stem] = Known(kind=path.parts[1], name=path.stem, facts={}, is_readable=False)
    stated = {entry: dict(_facts(record)) for entry, (_, record) in records.items()}
    return unread | {
        entry: Known(
            kind=kind,
            name=record["name"],
            facts={**dict(_inherited(record, stated)), **stated[entry]},
            support=dict(_support(record)),
            release=measured[0],
            status=measured[1],
        )
        for entry, (kind, record) in records.items()
        for measured in (_measured(record, files.get(f"data/measured/registry/{entry}.json")),)
    }


def parsed(content: bytes) -> dict[str, Any]:
    """Return the mapping that a file states; an empty one where it states none."""
    try:
        found = yaml.load(content, Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def mappings(given: Any) -> Iterator[dict[str, Any]]:
    """Yield the mappings of a list, or the one mapping that stands in its place."""
    yield from (item for item in (given if isinstance(given, list) else [given]) if isinstance(item, dict))


def _facts(record: Mapping[str, Any]) -> Iterator[tuple[str, KnownFact]]:
    for page in mappings(record["evidence"]):
        facts = page.get("facts")
        for criterion, fact in facts.items() if isinstance(facts, dict) else ():
            value = fact.get("value") if isinstance(fact, dict) else fact
            if value is not None:
                version = page.get("version")
                yield str(criterion), KnownFact(value=str(value), version=str(version) if version else None)


def _inherited(
    record: Mapping[str, Any], stated: Mapping[str, Mapping[str, KnownFact]]
) -> Iterator[tuple[str, KnownFact]]:
    for taken in mappings(record.get("inherits")):
        origin = stated.get(str(taken.get("from")), {})
        names = taken.get("facts")
        for name in map(str, names if isinstance(names, list) else [names]):
            if name in origin:
                yield name, origin[name]


def _support(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for series in mappings(record.get("series")):
        if "version" in series and "supported-until" in series:
            yield str(series["version"]), str(series["supported-until"])


def _measured(record: Mapping[str, Any], content: bytes | None) -> tuple[str | None, str | None]:
    """Return the newest release and the maintenance status, by the rule of today; nothing where they are not known."""
    if content is None:
        return None, None
    try:
        reading = RegistryReading.model_validate_json(content, by_name=False)
    except ValidationError:
        newest = json.loads(content).get("latest", {}).get("version")
        return str(newest) if newest else None, None
    edges = tuple(
        schema.Relation.model_construct(type=str(edge.get("type"))) for edge in mappings(record.get("relations"))
    )
    status = maintenance_status(schema.Entry.model_construct(relations=edges), reading)
    return reading.latest.version, status.word
