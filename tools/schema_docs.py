"""Writes data/README.md and data/entry.schema.json from the schema: `python -m tools.schema_docs` (`make schema`)."""

from __future__ import annotations

import json
from pathlib import Path

from macros import schema
from macros.views.method import key_tables

HEAD = """# Data

Everything a contributor edits, and nothing else. This page is written by `make schema` from `macros/schema/`; a test
compares the two. CONTRIBUTING.md says how to correct a fact or add an entry; `make check` says what is wrong.

| folder | what one file is |
|---|---|
| `frameworks/`, `orms/`, … one for each kind | an entry: a framework or library that has a page |
| `criteria/<kind>.yml`, `criteria/shared.yml` | the questions asked of a kind, in groups, with their allowed values |
| `scales.yml` | the scales of values that criteria share, and what each value means and counts for |
| `ratings/` | a number from 0 to 5 and the rule it is computed by |
| `matrices/` | a published table: which entries, which criteria |
| `guide/` | a use case: needs, weights, and what the articles recommend |
| `witnesses/` | a dated source that says which entries are fit for what: maintainers, surveys, operators, migrations |
| `stacks/` | entries used together for a goal |
| `coming-from/` | concepts of another world and the criteria that ask for the like |
| `articles/` | the articles that recommendations are compared with, and the figures that they give |
| `benchmarks/` | a benchmark of somebody else: what it measures and how, its state, its figures for entries of ours |
| `blocks/` | a code block of an article: what is wrong with it, since when, and its form today |
| `changes/` | what changed on a day in what the records say; written by a program, never by hand |
| `measured/` | figures that a run or a registry gave, by entry; written by programs, never by hand |

The name of a file is the id of what it holds, and part of its address.
"""


def readme() -> str:
    """Return the text of data/README.md."""
    parts = [HEAD]
    for table in key_tables():
        rows = [
            f"| `{key.name}` | {'yes' if key.required else 'if there is any'} | {key.description} |"
            for key in table.keys
        ]
        parts.append(
            "\n".join([f"## {table.title}", "", "| key | needed | what it says |", "|---|---|---|", *rows, ""])
        )
    return "\n".join(parts)


def json_schema() -> str:
    """Return the JSON Schema of an entry's record, for editors; the short forms are allowed there too."""
    found = schema.Entry.model_json_schema(by_alias=True)
    fact = found["$defs"]["Fact"]
    page = found["$defs"]["Evidence"]["properties"]["facts"]
    page["additionalProperties"] = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Fact"}]}
    _allow_single(found["properties"], "best-for", "strengths", "trade-offs", "relations", "history", "used-with")
    _allow_single(found["properties"], "series", "idioms", "statements", "resources")
    _allow_single(fact["properties"], "via")
    _allow_single(found["$defs"]["Trait"]["properties"], "because")
    return json.dumps(found, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _allow_single(properties: dict[str, dict[str, object]], *names: str) -> None:
    """A single value may stand where a list of one would do."""
    for name in names:
        listed = properties[name]
        texts = {"type": "string"} if name in ("best-for", "used-with", "via", "because") else {"type": "object"}
        properties[name] = {"anyOf": [listed, texts], "description": listed.pop("description", "")}


def main() -> None:
    """Write both files."""
    Path("data/README.md").write_text(readme(), encoding="utf-8")
    Path("data/entry.schema.json").write_text(json_schema(), encoding="utf-8")
    print("Written: data/README.md, data/entry.schema.json")


if __name__ == "__main__":
    main()
