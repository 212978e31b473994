"""What the page of a criterion needs: who answers how, and the answer in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from macros.catalog.constants import NAMES_IN_AN_ANSWER
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Entry, Kind
from macros.schema.criteria import Value
from macros.schema.routes import CRITERIA
from macros.views.site import Site
from macros.views.text import plural

UNNAMED = ("muted",)
"""Tones of values whose entries are counted in the answer, and not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The entries that answer with one value; `value` is None for texts of their own."""

    id: str
    value: Value | None
    label: str
    answers: tuple[tuple[Entry, Fact], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionView:
    """A criterion with the answers of all entries of its kind, grouped by value."""

    criterion: Criterion
    kind: Kind
    groups: tuple[Answered, ...]
    unanswered: tuple[Entry, ...]
    sentence: str
    neighbours: tuple[Criterion, ...]
    """The other criteria of its group."""
    cases: tuple[tuple[str, str], ...]
    """The use cases in which it counts most: their ids and names."""

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return criterion_url(self.criterion)

    @property
    def answered(self) -> int:
        """Return how many entries answer it."""
        return sum(len(group.answers) for group in self.groups)


def criterion_url(criterion: Criterion) -> str:
    """Return the address of the page of a criterion, from the root of the site."""
    return f"{criterion.kind}/{CRITERIA}/{criterion.id}/"


def criterion_view(site: Site, criterion: Criterion) -> CriterionView:
    """Return what the page of a criterion shows."""
    kind = site.catalog.kinds[criterion.kind]
    entries = [entry for entry in site.catalog.of_kind(kind.id) if criterion.id in entry.asked]
    groups = _groups(criterion, entries)
    weights = ((case.weights[criterion.id].weight, name) for name, case in site.catalog.use_cases.items()
               if case.kind == kind.id and criterion.id in case.weights)  # fmt: skip
    return CriterionView(
        criterion=criterion,
        kind=kind,
        groups=groups,
        unanswered=tuple(entry for entry in entries if criterion.id not in entry.facts),
        sentence=in_a_sentence(groups, len(entries)),
        neighbours=tuple(kind.criteria[name] for name in kind.groups[criterion.group] if name != criterion.id),
        cases=tuple((name, site.catalog.use_cases[name].name) for _, name in sorted(weights, reverse=True)[:5]),
    )


def _groups(criterion: Criterion, entries: Iterable[Entry]) -> tuple[Answered, ...]:
    """Return the answers by value, in the order of the scale; texts by the text."""
    by_value: dict[str, list[tuple[Entry, Fact]]] = {}
    for entry in entries:
        if fact := entry.facts.get(criterion.id):
            by_value.setdefault(fact.value, []).append((entry, fact))
    order: Sequence[str] = [name for name in criterion.values if name in by_value] or sorted(by_value)
    return tuple(
        Answered(
            id=name if name in criterion.values else f"answer-{number}",
            value=criterion.values.get(name),
            label=criterion.values[name].label if name in criterion.values else name,
            answers=tuple(by_value[name]),
        )
        for number, name in enumerate(order, 1)
    )


def in_a_sentence(groups: Sequence[Answered], asked: int) -> str:
    """Return the answer in words: the names for each value that says something, the numbers for the rest.

    `Built in: Django and Masonite. Third-party: 9. None: 8 of 19.`
    """
    if not groups:
        return f"Nothing is recorded yet for the {plural(asked, 'entry', 'entries')} asked."
    parts = [f"{_capital(group.label)}: {_said(group)}" for group in groups]
    return ". ".join(parts) + (f", of {asked}." if asked > sum(len(group.answers) for group in groups) else ".")


def _said(group: Answered) -> str:
    names = [entry.named for entry, _ in group.answers]
    if group.value and group.value.tone in UNNAMED and len(names) > 1:
        return str(len(names))
    if len(names) > NAMES_IN_AN_ANSWER:
        return f"{', '.join(names[:NAMES_IN_AN_ANSWER])} and {len(names) - NAMES_IN_AN_ANSWER} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def criterion_views(site: Site) -> Mapping[tuple[str, str], CriterionView]:
    """Return the page of every criterion of every kind that has entries, by kind and id."""
    return {
        (kind.id, criterion.id): criterion_view(site, criterion)
        for kind in site.catalog.kinds.values()
        if site.catalog.of_kind(kind.id)
        for criterion in kind.criteria.values()
    }
