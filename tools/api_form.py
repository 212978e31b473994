"""Keeps the form of /api/v1/ that programs may rely on: `python -m tools.api_form` (`make schema`).

It writes what has been added, and refuses what would break a program.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from macros.schema.routes import of_matrix, of_measure
from macros.views.api import database
from macros.views.api.contents import PLACES
from macros.views.api.schemas import definitions
from macros.views.api.tables import FACT_COLUMNS, FACTS, MATRIX_COLUMNS, measure_columns

KEPT = Path(__file__).resolve().parent.parent / "tests" / "unit" / "api" / "v1.schema.json"
SAID = ("description", "title")
"""What a schema says for people. It may change."""


def form() -> dict[str, Any]:
    """Return the form as it is now: the type at each address, the fields of each type, the columns of each table."""
    return {
        "addresses": {place.path: place.form.__name__ if place.form else place.media for place in PLACES},
        "columns": _columns(),
        "types": {name: _plain(schema) for name, schema in definitions().items()},
    }


def _columns() -> dict[str, dict[str, str]]:
    """Return the type of each column of tables and of the database; matrices have others for what they are about."""
    tables = {
        FACTS: FACT_COLUMNS,
        of_matrix("{id}"): MATRIX_COLUMNS,
        of_measure("{kind}", "{measure}"): measure_columns("", ""),
    }
    found = {path: {column.name: str(column.type) for column in columns} for path, columns in tables.items()}
    return found | {f"dataset.sqlite: {name}": columns for name, columns in database.columns().items()}


def kept() -> dict[str, Any]:
    """Return the form that has been promised."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def _plain(schema: Any) -> Any:
    """Return a schema without what it says for people."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    named = {name: _plain(field) for name, field in schema.get("properties", {}).items()}
    plain = {key: _plain(item) for key, item in schema.items() if key not in SAID and key != "properties"}
    return {**plain, **({"properties": named} if named else {})}


def breaks(promised: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield in a sentence each what a program may rely on and what is there no more; what was added is none of it."""
    for address, content in promised["addresses"].items():
        if now["addresses"].get(address) != content:
            yield f"{address} was {content} and is {now['addresses'].get(address, 'gone')}."
    for table, columns in promised["columns"].items():
        for column, kind in columns.items():
            found = now["columns"].get(table, {}).get(column, "gone")
            if found != kind:
                yield f"The column {column} of {table} was {kind} and is {found}."
    for name, schema in promised["types"].items():
        if name in now["types"]:
            yield from _breaks_of(name, schema, now["types"][name])
        else:
            yield f"The type {name} is gone."


def _breaks_of(name: str, promised: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    fields = now.get("properties", {})
    for field, schema in promised.get("properties", {}).items():
        if field not in fields:
            yield f"{name}.{field} is gone."
        elif not _holds(schema, fields[field]):
            yield f"{name}.{field} was {json.dumps(schema)} and is {json.dumps(fields[field])}."
        elif field in promised.get("required", ()) and field not in now.get("required", ()):
            yield f"{name}.{field} was always there and may be missing."


def _holds(promised: Any, now: Any) -> bool:
    """Return whether a field is what it was; a list of words may have got longer."""
    if isinstance(promised, dict) and isinstance(now, dict):
        if "enum" in promised and "enum" in now:
            return set(promised["enum"]) <= set(now["enum"])
        return promised.keys() == now.keys() and all(_holds(promised[key], now[key]) for key in promised)
    if isinstance(promised, list) and isinstance(now, list):
        return len(promised) == len(now) and all(map(_holds, promised, now))
    return bool(promised == now)


def main() -> int:
    """Write the form as it is now, unless that would break a program; return 1 then."""
    now = form()
    if KEPT.exists() and (broken := list(breaks(kept(), now))):
        print("\n".join(broken), file=sys.stderr)
        print("Programs rely on this. Add a new field, or publish the new form below /api/v2/.", file=sys.stderr)
        return 1
    KEPT.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"Written: {KEPT.relative_to(KEPT.parents[3])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
