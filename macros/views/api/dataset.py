"""Everything in one file, without the texts: what most programs begin with."""

from __future__ import annotations

from collections.abc import Iterable

from macros.catalog.model import Catalog, Kind
from macros.views.api.models import dataset as form
from macros.views.api.models.entries import Entry, Fact
from macros.views.api.models.guide import UseCase
from macros.views.api.models.measured import Measure
from macros.views.measure_specs import MEASURES

NAME = "Backend Field Guide"
LICENCE = "CC-BY-4.0"


def dataset(
    catalog: Catalog, entries: Iterable[Entry], use_cases: Iterable[UseCase], measures: Iterable[Measure]
) -> form.Dataset:
    """Return the whole, made from the records of the other files.

    It states no day: it changes when the data do, and when a fact or a release has aged.
    """
    there = {measure["id"] for measure in measures}
    return {
        "name": NAME,
        "licence": LICENCE,
        "kinds": {kind.id: _kind(kind) for kind in catalog.kinds.values()},
        "entries": {entry["id"]: _entry(entry) for entry in entries},
        "use_cases": {case["id"]: _use_case(case) for case in use_cases},
        "measures": {
            spec.id: {"name": spec.name, "unit": spec.unit, "better": "less" if spec.less else "more"}
            for spec in MEASURES.values()
            if spec.id in there
        },
    }


def _kind(kind: Kind) -> form.DatasetKind:
    return {
        "name": kind.name,
        "criteria": {
            name: {
                "name": criterion.name,
                "group": criterion.group,
                "values": {value: about.credit for value, about in criterion.values.items()},
            }
            for name, criterion in kind.criteria.items()
        },
    }


def _entry(entry: Entry) -> form.DatasetEntry:
    latest = entry["latest"]
    return {
        "kind": entry["kind"],
        "name": entry["name"],
        "language": entry["language"],
        "package": entry["package"],
        "status": entry["status"]["word"],
        "latest": latest["version"] if latest else None,
        "facts": {fact["criterion"]: _fact(fact) for fact in entry["facts"]},
        "ratings": {score["rating"]: score["value"] for score in entry["ratings"]},
        "measures": {measured["measure"]: measured["value"] for measured in entry["measures"]},
    }


def _fact(fact: Fact) -> form.DatasetFact:
    return {
        "value": fact["value"],
        "since": fact["since"],
        "via": fact["via"],
        "inherited_from": fact["inherited_from"],
        "source": fact["source"],
        "version": fact["version"],
        "of": fact["of"],
        "checked": fact["checked"],
        "proof": fact["proof"],
        "current": fact["current"],
    }


def _use_case(case: UseCase) -> form.DatasetUseCase:
    return {
        "kind": case["kind"],
        "needs": {need["criterion"]: need["values"] for need in case["needs"]},
        "weights": {weight["id"]: weight["weight"] for weight in case["weights"]},
        "ranking": [
            {
                "entry": item["entry"],
                "place": item["place"],
                "low": item["low"],
                "high": item["high"],
                "first": item["first"],
            }
            for item in case["ranking"]
        ],
    }
