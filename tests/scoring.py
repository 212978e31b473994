"""The cases of `tests/scoring.json`, which both scorings are tested with: `python -m tests.scoring` writes them again.

Each is an address of the page of own weights and what it comes to over the small catalog of `tests/unit/good`. Python
computes it from a use case that says the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from macros import schema
from macros.catalog.model import Catalog
from macros.catalog.rankings import Ranking, rank
from macros.catalog.scoring import RankedEntry
from macros.checks.load import load
from macros.reading.folders import Folders
from macros.views.site import Site
from macros.views.yours import yours_file

FILE = Path(__file__).with_name("scoring.json")
TODAY = date(2026, 11, 20)


def need(criterion: str, *values: str) -> schema.Need:
    """Return a need."""
    return schema.Need(criterion=criterion, values=list(values), because="It is asked for.")


CHANGED: Mapping[str, tuple[str, dict[str, Any]]] = {
    "case=async-api": ("async-api", {}),
    "case=back-office": ("back-office", {}),
    "case=odd-server": ("odd-server", {}),
    "case=rated": ("rated", {}),
    "case=real-time": ("real-time", {}),
    "case=server": ("server", {}),
    "case=tiny": ("tiny", {}),
    "case=async-api&lasts=years": ("async-api", {"lasts": "years"}),
    "case=back-office&language=any": ("back-office", {"language": None}),
    "case=back-office&need=orm:built-in": ("back-office", {"needs": (need("orm", "built-in"),)}),
    "case=real-time&need=websockets:any": ("real-time", {"needs": ()}),
    "case=async-api&w=websockets:1.5,scope:0,asgi-native:3": (
        "async-api",
        {
            "weights": {
                "async-handlers": schema.Weight(weight=4.0),
                "websockets": schema.Weight(weight=1.5),
                "asgi-native": schema.Weight(weight=3.0),
            }
        },
    ),
    "case=rated&w=features:20,orm:1": (
        "rated",
        {
            "weights": {"orm": schema.Weight(weight=1.0)},
            "ratings": {"features": schema.FigureWeight(weight=20.0)},
        },
    ),
}
"""Addresses, with the use case that each begins from and what it changes."""


def outcome(ranking: Ranking) -> dict[str, Any]:
    """Return what a ranking comes to, in the form of the file."""
    changes = ranking.changes
    return {
        "placed": [_placed(item) for item in ranking.placed],
        "excluded": [item.entry.id for item in ranking.excluded],
        "doubtful": [
            [item.entry.id, item.scored.low, item.scored.high, [doubt.text for doubt in item.doubts]]
            for item in ranking.doubtful
        ],
        "known": ranking.known,
        "level": [item.entry.id for item in changes.level],
        "weight": [changes.weight.weight.id, changes.weight.factor, changes.weight.rival.entry.id]
        if changes.weight
        else None,
        "fact": [
            changes.fact.of.entry.id,
            changes.fact.criterion.id,
            changes.fact.after,
            changes.fact.points,
            changes.fact.rival.entry.id,
        ]
        if changes.fact
        else None,
    }


def _placed(item: RankedEntry) -> dict[str, Any]:
    return {
        "place": item.place,
        "id": item.entry.id,
        "low": item.low,
        "high": item.high,
        "sum": [[one.id, one.credit, one.points] for one in item.counted],
        "shares": [item.first, item.top, item.beaten or 0.0],
        "unproven": [one.criterion for one in item.unproven],
        "grouped": [[one.entry.id, one.low, one.high] for one in item.grouped],
    }


def ranked(catalog: Catalog, case_id: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a use case comes to when it is changed."""
    case = catalog.use_cases[case_id].model_copy(update=dict(changes))
    return outcome(rank(replace(catalog, use_cases={case_id: case}), case_id))


def written(catalog: Catalog) -> dict[str, Any]:
    """Return the content of the file: the data of the page, and the cases."""
    data = json.loads(yours_file(Site(catalog)))
    cases = [{"query": query, "outcome": ranked(catalog, case, changes)} for query, (case, changes) in CHANGED.items()]
    return {"data": data, "cases": cases}


def main() -> int:
    """Write the file again."""
    catalog = load(Folders.around(FILE.parent / "unit" / "good" / "data"), TODAY)
    FILE.write_text(json.dumps(written(catalog), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
