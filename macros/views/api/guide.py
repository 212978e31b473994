"""What /api/v1/ says of ratings and use cases: the figures that the pages print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from macros import schema
from macros.catalog.rankings import Excluded, Ranking
from macros.catalog.scoring import RankedEntry
from macros.views.api.models import guide as form
from macros.views.site import Site


def ratings(site: Site) -> form.Ratings:
    """Return all ratings with their rules and the scores of all entries."""
    return {"ratings": [_rating(site, name, rating) for name, rating in site.catalog.ratings.items()]}


def _rating(site: Site, name: str, rating: schema.Rating) -> form.Rating:
    found = (
        (entry.id, score)
        for entry in site.catalog.of_kind(rating.kind)
        for score in site.scores[entry.id]
        if score.id == name
    )
    return {
        "id": name,
        "kind": rating.kind,
        "name": rating.name,
        "question": rating.question,
        "why": rating.why,
        "by": rating.rule.by,
        "criteria": [
            {"criterion": part.criterion, "weight": part.weight, "credit": part.credit} for part in rating.rule.criteria
        ],
        "measures": list(_rated_measures(rating.rule)),
        "scores": [{"entry": entry, "value": score.value, "missing": score.missing or None} for entry, score in found],
    }


def _rated_measures(rule: schema.Rule) -> Iterator[form.RatedMeasure]:
    """Yield the measures of a rule in the order in which they count."""
    if rule.first:
        yield {"measure": rule.first.measure, "weight": 1.0, "better": rule.better}
    if rule.measure:
        yield {"measure": rule.measure, "weight": 1.0, "better": rule.better}
    for part in rule.measures:
        yield {"measure": part.measure, "weight": part.weight, "better": part.better}
    if rule.otherwise:
        yield {"measure": rule.otherwise.measure, "weight": 1.0, "better": rule.better}


def use_cases(site: Site) -> form.UseCases:
    """Return all use cases with their rankings."""
    return {"use_cases": [_use_case(ranking) for ranking in site.rankings.values()]}


def _use_case(ranking: Ranking) -> form.UseCase:
    case = ranking.case
    return {
        "id": ranking.id,
        "kind": case.kind,
        "group": case.group,
        "name": case.name,
        "question": case.question,
        "summary": case.summary,
        "path": f"guide/{ranking.id}/",
        "language": case.language,
        "lasting": case.lasting,
        "needs": [
            {"criterion": need.criterion, "values": list(need.values), "because": need.because} for need in case.needs
        ],
        "weights": list(_weights(case)),
        "known": round(ranking.known, 4),
        "band": [item.entry.id for item in ranking.band],
        "ranking": [_ranked(item) for item in ranking.placed],
        "doubtful": [
            {**_scored(item.scored), "doubts": [doubt.text for doubt in item.doubts]} for item in ranking.doubtful
        ],
        "excluded": [_excluded(item) for item in ranking.excluded],
    }


def _weights(case: schema.UseCase) -> Iterator[form.Weight]:
    """Yield what counts: criteria, then ratings, then figures; the shares add up to 1."""
    groups = (case.weights, case.ratings, case.measures)
    total = sum(weight.weight for group in groups for weight in group.values())
    for name, weight in case.weights.items():
        yield {
            "of": "criterion",
            "id": name,
            "weight": weight.weight,
            "share": round(weight.weight / total, 6),
            "credit": weight.credit,
            "because": weight.because,
        }
    for name, figure in case.ratings.items():
        yield _figure_weight("rating", name, figure, total)
    for name, figure in case.measures.items():
        yield _figure_weight("figure", name, figure, total)


def _figure_weight(
    of: Literal["rating", "figure"], name: str, figure: schema.FigureWeight, total: float
) -> form.Weight:
    return {
        "of": of,
        "id": name,
        "weight": figure.weight,
        "share": round(figure.weight / total, 6),
        "credit": None,
        "because": figure.because,
    }


def _scored(item: RankedEntry) -> form.Scored:
    return {"entry": item.entry.id, "low": item.low, "high": item.high, "points": item.points}


def _ranked(item: RankedEntry) -> form.Ranked:
    return {
        **_scored(item),
        "place": item.place,
        "first": item.first,
        "top": item.top,
        "beaten": item.beaten,
        "unproven": [need.criterion for need in item.unproven],
        "grouped": [_scored(other) for other in item.grouped],
    }


def _excluded(item: Excluded) -> form.Excluded:
    successor = item.superseded_by
    outside = successor.outside.name if successor and successor.outside else None
    return {
        "entry": item.entry.id,
        "reasons": [{"criterion": need.criterion, "value": fact.value} for need, fact in item.reasons],
        "wrong_language": item.wrong_language,
        "superseded_by": (successor.entry or outside) if successor else None,
    }
