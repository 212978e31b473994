"""What the page of own weights needs: its static part, and the data that its script scores in the browser.

The file says what `catalog/scoring.py` and `catalog/rankings.py` read of the catalog, and no result: the script
computes it, for the weights of its reader. Both are tested with the same cases (`tests/scoring.json`) and on all use
cases of the catalog.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros import schema
from macros.catalog import constants
from macros.catalog.evidence import days_since_release
from macros.catalog.facts import Criterion, Fact
from macros.catalog.figures import FIGURES, credit_of_figure, figure_of
from macros.catalog.model import Catalog, Edge, Entry, Kind
from macros.catalog.ratings import score
from macros.catalog.viability import doubts
from macros.views.guide import GROUPS
from macros.views.site import Site
from macros.views.text import compact_json
from macros.views.use_case import vulnerable

ANY_FORM = ("built-in", "official-package", "third-party", "partial")
READER, MACHINE, RUN = 0, 1, 2
"""What confirms a fact: its reader alone; a program that found its words, or none; a run of the entry."""
INHERITED = 4
"""Added to it where the fact is inherited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question above the weights: a criterion, and what each answer demands of it."""

    criterion: str
    text: str
    answers: tuple[tuple[str, tuple[str, ...]], ...]


QUESTIONS = (
    Question(
        criterion="async-handlers",
        text="Must request handlers be async?",
        answers=(("yes, built in", ("built-in",)), ("yes, in any form", ANY_FORM)),
    ),
    Question(
        criterion="orm",
        text="Must it include an ORM?",
        answers=(("yes, built in", ("built-in",)), ("yes, or as a package", ANY_FORM)),
    ),
    Question(
        criterion="async-queries",
        text="Must queries be awaited?",
        answers=(("yes, built in", ("built-in",)), ("yes, in any form", ANY_FORM)),
    ),
    Question(
        criterion="governance",
        text="Who may be in charge of it?",
        answers=(
            ("not one person alone", ("foundation", "organisation", "company")),
            ("neither one person nor one company", ("foundation", "organisation")),
        ),
    ),
)
"""A kind that has none of these criteria is not asked; with use case, language and time there are at most six."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What the facts of a kind are told in: its criteria and ratings, and the number of each page and day."""

    criteria: tuple[Criterion, ...]
    ratings: Mapping[str, schema.Rating]
    sources: Mapping[str, int]
    days: Mapping[str, int]

    @classmethod
    def of(cls, catalog: Catalog, kind: Kind) -> Lists:
        """Return the lists of a kind."""
        criteria = tuple(criterion for criterion in kind.criteria.values() if criterion.values)
        facts = [entry.facts[one.id] for entry in catalog.of_kind(kind.id) for one in criteria if one.id in entry.facts]
        return cls(
            criteria=criteria,
            ratings={name: rating for name, rating in catalog.ratings.items() if rating.kind == kind.id},
            sources={source: at for at, source in enumerate(dict.fromkeys(fact.source for fact in facts))},
            days={day: at for at, day in enumerate(dict.fromkeys(fact.checked.isoformat() for fact in facts))},
        )

    def fact(self, fact: Fact, values: list[str]) -> list[int]:
        """Return a fact as numbers: its value among those of its criterion, its page, its day, what confirms it."""
        proof = _proof(fact) + (INHERITED if fact.inherited_from else 0)
        return [values.index(fact.value), self.sources[fact.source], self.days[fact.checked.isoformat()], proof]


@dataclass(frozen=True, slots=True, kw_only=True)
class YoursView:
    """The static part of the page: the use cases to start from, by group."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def yours_view(site: Site) -> YoursView:
    """Return the use cases that the page offers to begin with: ids and names, by group."""
    found = (
        (heading, tuple((name, one.case.name) for name, one in site.rankings.items() if one.case.group == group))
        for group, heading in GROUPS
    )
    return YoursView(groups=tuple((heading, own) for heading, own in found if own))


def yours_file(site: Site) -> bytes:
    """Return the data of the page as JSON; `version` is the digest of all the rest."""
    found = _data(site.catalog)
    packed = compact_json(found)
    version = hashlib.sha256(packed.encode()).hexdigest()[:8]
    return compact_json({"version": version, **found}).encode()


def _data(catalog: Catalog) -> dict[str, Any]:
    ranked = dict.fromkeys(case.kind for case in catalog.use_cases.values())
    kinds = [kind for name, kind in catalog.kinds.items() if name in ranked]
    days = [fact.checked for entry in catalog.entries.values() for fact in entry.facts.values()]
    return {
        "read": max(days).isoformat() if days else "",
        "rules": {
            "draws": constants.DRAWS,
            "seed": constants.DRAWS_SEED,
            "factor": constants.WEIGHT_FACTOR,
            "clear": constants.CLEAR_SHARE,
            "known": constants.KNOWN_SHARE,
            "grouped": constants.GROUPED_SHARE,
            "largest": constants.LARGEST_FACTOR,
        },
        "kinds": [_kind(catalog, kind) for kind in kinds],
        "cases": [_case(name, case) for name, case in catalog.use_cases.items()],
    }


def _kind(catalog: Catalog, kind: Kind) -> dict[str, Any]:
    """Return a kind: what can be asked, and how its entries answer."""
    entries, lists = catalog.of_kind(kind.id), Lists.of(catalog, kind)
    return {
        "id": kind.id,
        "name": kind.name,
        "singular": kind.singular,
        "groups": dict(kind.group_names),
        "criteria": [_criterion(one) for one in lists.criteria],
        "ratings": {name: rating.name for name, rating in lists.ratings.items()},
        "figures": {name: figure.name for name, figure in FIGURES.items() if _measured(catalog, entries, name)},
        "questions": [_question(one) for one in QUESTIONS if one.criterion in kind.criteria],
        "sources": list(lists.sources),
        "days": list(lists.days),
        "entries": [_entry(catalog, entry, lists) for entry in entries],
    }


def _measured(catalog: Catalog, entries: Iterable[Entry], name: str) -> bool:
    return any(figure_of(catalog, entry, name) is not None for entry in entries)


def _criterion(criterion: Criterion) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": criterion.id,
        "name": criterion.name,
        "group": criterion.group,
        "values": [[name, value.label, value.credit] for name, value in criterion.values.items()],
    }
    return found | ({"language": criterion.asked_of} if criterion.asked_of else {})


def _question(question: Question) -> dict[str, Any]:
    return {"criterion": question.criterion, "text": question.text, "answers": question.answers}


def _entry(catalog: Catalog, entry: Entry, lists: Lists) -> dict[str, Any]:
    goes_on = next(iter(entry.ways_on), None)
    taken = entry.record.inherits
    return {
        "id": entry.id,
        "name": entry.name,
        "told": entry.told,
        "language": entry.record.language,
        "origin": taken.origin if taken else "",
        "superseded": f"{goes_on.label} {_other_end(catalog, goes_on)}" if goes_on else "",
        "doubts": [doubt.text for doubt in doubts(catalog, entry)],
        "released": days_since_release(entry.reading),
        "warning": vulnerable(entry),
        "facts": {
            one.id: lists.fact(entry.facts[one.id], list(one.values)) for one in lists.criteria if one.id in entry.facts
        },
        "ratings": {name: score(catalog, entry, name).value for name in lists.ratings},
        "figures": dict(_figures(catalog, entry)),
    }


def _figures(catalog: Catalog, entry: Entry) -> Iterator[tuple[str, tuple[float | None, str]]]:
    """Yield what each measured figure of an entry counts for, and the figure in words."""
    for name, figure in FIGURES.items():
        value = figure_of(catalog, entry, name)
        if value is not None:
            yield name, (credit_of_figure(catalog, entry, name), figure.text(value))


def _other_end(catalog: Catalog, edge: Edge) -> str:
    """Return what an edge leads to, with the status that is told."""
    if edge.entry:
        return catalog.entries[edge.entry].named
    return edge.outside.name if edge.outside else ""


def _proof(fact: Fact) -> int:
    if fact.is_demonstrated or fact.confirmations:
        return RUN
    return READER if fact.proof == "reader" else MACHINE


def _case(name: str, case: schema.UseCase) -> dict[str, Any]:
    """Return the needs and the weights that a use case begins with; a weight with credits of its own has both."""
    figures = (*case.ratings.items(), *case.measures.items())
    return {
        "id": name,
        "name": case.name,
        "question": case.question,
        "kind": case.kind,
        "group": dict(GROUPS)[case.group],
        "language": case.language or "",
        "lasting": case.lasting,
        "needs": {need.criterion: need.values for need in case.needs},
        "weights": {
            **{one: [own.weight, own.credit] if own.credit else own.weight for one, own in case.weights.items()},
            **{one: own.weight for one, own in figures},
        },
    }
