"""What /api/v1/ says of kinds and criteria."""

from __future__ import annotations

from macros.catalog.facts import Criterion
from macros.catalog.model import Catalog, Kind
from macros.schema.routes import CRITERIA
from macros.views.api.models import index as form


def kinds(catalog: Catalog) -> form.Kinds:
    """Return all kinds, in the order of the site."""
    return {"kinds": [_kind(catalog, kind) for kind in catalog.kinds.values()]}


def _kind(catalog: Catalog, kind: Kind) -> form.Kind:
    entries = [entry.id for entry in catalog.of_kind(kind.id)]
    return {
        "id": kind.id,
        "name": kind.name,
        "singular": kind.singular,
        "summary": kind.summary,
        "path": f"{kind.id}/" if entries else None,
        "groups": [
            {"id": group, "name": kind.group_names[group], "criteria": list(names)}
            for group, names in kind.groups.items()
        ],
        "entries": entries,
    }


def criteria(catalog: Catalog) -> form.Criteria:
    """Return all criteria by kind, in the order of the site."""
    return {
        "criteria": {
            kind.id: [_criterion(catalog, criterion) for criterion in kind.criteria.values()]
            for kind in catalog.kinds.values()
        }
    }


def _criterion(catalog: Catalog, criterion: Criterion) -> form.Criterion:
    values: list[form.Value] = [
        {
            "value": name,
            "label": value.label,
            "meaning": value.meaning,
            "symbol": value.symbol,
            "tone": value.tone,
            "credit": value.credit,
        }
        for name, value in criterion.values.items()
    ]
    return {
        "id": criterion.id,
        "kind": criterion.kind,
        "name": criterion.name,
        "question": criterion.question,
        "group": criterion.group,
        "path": f"{criterion.kind}/{CRITERIA}/{criterion.id}/" if catalog.of_kind(criterion.kind) else None,
        "scale": scale_of(catalog, criterion),
        "values": values,
        "yardstick": criterion.yardstick,
        "examples": list(criterion.examples),
        "asked_of": criterion.asked_of,
        "probe": criterion.probe.id if criterion.probe else None,
        "ages_by": criterion.ages_by,
    }


def scale_of(catalog: Catalog, criterion: Criterion) -> str | None:
    """Return the scale that the values of a criterion are, or None if they are its own."""
    return next((name for name, scale in catalog.scales.items() if scale.values is criterion.values), None)
