"""What the page of a pair needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.catalog.constants import CLEAR_LEAD_POINTS, LEADING_PLACES, SHOWN_REASONS, STRONG_CREDIT, STRONG_LEAD
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Edge, Entry, Kind, pair_url
from macros.catalog.rankings import Ranking
from macros.catalog.ratings import Score
from macros.catalog.scoring import RankedEntry
from macros.schema.routes import API, of_pair
from macros.views.advice import Advice, advices
from macros.views.common import Question, Section, questions
from macros.views.costs import PairCosts, pair_costs
from macros.views.days import usual_days
from macros.views.legend import Legend, legend_of
from macros.views.site import Site
from macros.views.strips import StripRow, strip_of

_BOTH = (True, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why to choose one of two: a use case with its places, or a criterion with its facts."""

    ranking: Ranking | None = None
    own: RankedEntry | None = None
    other: RankedEntry | None = None
    criterion: Criterion | None = None
    fact: Fact | None = None
    other_fact: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Why to choose one of two entries."""

    own: Entry
    other: Entry
    reasons: tuple[Reason, ...]
    told: frozenset[str]
    """The use cases about which the page has said already which of the two it is."""

    @property
    def use_cases(self) -> tuple[Reason, ...]:
        """Return the further use cases in which it leads."""
        return tuple(reason for reason in self.reasons if reason.ranking and reason.ranking.id not in self.told)

    @property
    def criteria(self) -> tuple[Reason, ...]:
        """Return the criteria that it answers and the other does not."""
        return tuple(reason for reason in self.reasons if reason.criterion)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two entries side by side; `one` and `other` stand in the order of their ids."""

    one: Entry
    other: Entry
    kind: Kind
    differ: tuple[Section, ...]
    agree: tuple[Section, ...]
    unknown: tuple[Question, ...]
    ratings: tuple[tuple[Score, Score], ...]
    choose_one: tuple[Reason, ...]
    choose_other: tuple[Reason, ...]
    edges: tuple[Edge, ...]
    advices: tuple[Advice, ...]
    strip: tuple[StripRow, ...]
    legend: Legend
    costs: PairCosts | None

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return pair_url(self.one, self.other)

    @property
    def as_json(self) -> str:
        """Return the address of what programs read of it, from the root of the site."""
        return f"{API}{of_pair(self.one.id, self.other.id)}"

    @property
    def both(self) -> tuple[Entry, Entry]:
        """Return the two entries."""
        return self.one, self.other

    @property
    def days(self) -> str:
        """Return on which days their facts were read and confirmed."""
        return usual_days(self.both)

    @property
    def names(self) -> str:
        """Return the names of both."""
        return f"{self.one.name} and {self.other.name}"

    @property
    def warnings(self) -> tuple[Entry, ...]:
        """Return those of the two whose last release is old, or that another project continues."""
        return tuple(entry for entry in self.both if entry.told or entry.status.word == "quiet")

    @property
    def choices(self) -> tuple[Choice, Choice]:
        """Return when to choose the one, and when the other."""
        told = frozenset(advice.ranking.id for advice in self.advices)
        return (
            Choice(own=self.one, other=self.other, reasons=self.choose_one, told=told),
            Choice(own=self.other, other=self.one, reasons=self.choose_other, told=told),
        )

    @property
    def count(self) -> int:
        """Return how many criteria are asked of at least one of them."""
        return self.differ_count + self.agree_count + len(self.unknown)

    @property
    def differ_count(self) -> int:
        """Return in how many criteria they differ."""
        return sum(len(section.questions) for section in self.differ)

    @property
    def agree_count(self) -> int:
        """Return in how many criteria they have the same value."""
        return sum(len(section.questions) for section in self.agree)


def pair_view(site: Site, one: Entry, other: Entry) -> PairView:
    """Return what the page of the pair shows."""
    one, other = sorted((one, other), key=lambda entry: entry.id)
    kind = site.catalog.kinds[one.kind]
    differ: list[Section] = []
    agree: list[Section] = []
    unknown: list[Question] = []
    for group, names in kind.groups.items():
        unlike, alike = [], []
        for name in names:
            facts = (one.facts.get(name), other.facts.get(name))
            question = Question(criterion=kind.criteria[name], facts=facts, asked=_BOTH)
            if not (facts[0] and facts[1]):
                unknown += questions(kind, (one, other), (name,))
            elif facts[0].value == facts[1].value:
                alike.append(question)
            else:
                unlike.append(question)
        differ += [Section(id=group, name=kind.group_names[group], questions=tuple(unlike))] if unlike else []
        agree += [Section(id=group, name=kind.group_names[group], questions=tuple(alike))] if alike else []
    return PairView(
        one=one,
        other=other,
        kind=kind,
        differ=tuple(differ),
        agree=tuple(agree),
        unknown=tuple(unknown),
        ratings=tuple(zip(site.scores[one.id], site.scores[other.id], strict=True)),
        choose_one=_reasons(site, one, other),
        choose_other=_reasons(site, other, one),
        edges=tuple(edge for edge in one.edges if edge.entry == other.id),
        advices=advices(site, one, other),
        strip=strip_of((one, other)),
        legend=legend_of((*one.facts.values(), *other.facts.values())),
        costs=pair_costs(site.benchmarks, one.id, other.id),
    )


def _reasons(site: Site, own: Entry, other: Entry) -> tuple[Reason, ...]:
    """Use cases in which `own` clearly leads, then the heaviest criteria that it answers and `other` does not."""
    ranked = _leads(site, own, other) if own.is_advised else ()
    leads = sorted(ranked, key=lambda pair: (-pair[0], pair[1].ranking.id if pair[1].ranking else ""))
    facts = sorted(_fact_leads(site, own, other), key=lambda pair: -pair[0])
    return tuple([reason for _, reason in leads[:SHOWN_REASONS]] + [reason for _, reason in facts[:SHOWN_REASONS]])


def _leads(site: Site, own: Entry, other: Entry) -> Iterator[tuple[float, Reason]]:
    for ranking in site.rankings.values():
        if ranking.case.kind != own.kind:
            continue
        mine = site.places[ranking.id].get(own.id)
        theirs = site.places[ranking.id].get(other.id)
        if (
            mine is None
            or mine.place > LEADING_PLACES
            or (ranking.case.language and ranking.case.language != other.record.language)
        ):
            continue
        if other.id in {item.entry.id for item in ranking.doubtful}:
            continue
        lead = 100.0 + mine.low if theirs is None else mine.low - theirs.high
        if lead >= CLEAR_LEAD_POINTS:
            yield lead, Reason(ranking=ranking, own=mine, other=theirs)


def _fact_leads(site: Site, own: Entry, other: Entry) -> Iterator[tuple[float, Reason]]:
    for name, credit in own.credits.items():
        theirs = other.credits.get(name)
        if credit < STRONG_CREDIT or theirs is None or credit - theirs < STRONG_LEAD:
            continue
        weight = 1.0 + site.weights.get((own.kind, name), 0.0)
        fact = own.facts[name]
        yield (
            (credit - theirs) * weight,
            Reason(criterion=fact.criterion, fact=fact, other_fact=other.facts[name]),
        )
