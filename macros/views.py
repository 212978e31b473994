"""Pure functions from the catalog to what one template needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from macros import schema
from macros.catalog import Catalog, Criterion, Edge, Entry, Fact, Kind, pair_url
from macros.code_views import Side, Switching, sides, switching
from macros.guide import Placed, Ranking, rank
from macros.measured_views import Timeline, runs_on, size, timeline
from macros.ratings import Score, scores
from macros.records import suggestion

SHOWN_REASONS = 5
CLEAR_LEAD = 10.0
"""Points of 100 by which one entry must lead another in a use case before a pair page says so."""
STRONG, STRONG_LEAD = 0.7, 0.5
"""What a value must count for, and by how much more than the other's, before a pair page says that it has it."""
_BOTH = (True, True)
LEADING_PLACES = 5
"""And the place that it must at least have there: leading from the end of a ranking recommends nothing."""


class Question(NamedTuple):
    """A criterion and how each entry shown answers it: a fact, or None; `asked` says whether it was asked at all."""

    criterion: Criterion
    facts: tuple[Fact | None, ...]
    asked: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions or ratings under one heading."""

    id: str
    name: str
    note: str | None = None
    questions: tuple[Question, ...] = ()
    scores: tuple[tuple[schema.Rating, str, tuple[Score, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """One table of a matrix."""

    id: str
    caption: str
    kind: Kind
    entries: tuple[Entry, ...]
    sections: tuple[Section, ...]
    by_entry: bool
    first: tuple[str, ...]
    """The two entries that a phone shows until the reader chooses: those that the articles speak of most."""

    @property
    def rows(self) -> tuple[Question, ...]:
        """Return all questions of the table."""
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """A published matrix, or the full one of a kind (then `matrix` is None)."""

    id: str
    name: str
    summary: str
    introduction: str
    tables: tuple[TableView, ...]
    spring: schema.SpringEquivalent | None = None

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return f"matrix/{self.id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the strip at the top of an entry page."""

    label: str
    text: str
    small: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """The page of an entry."""

    entry: Entry
    kind: Kind
    strip: tuple[Figure, ...]
    sections: tuple[Section, ...]
    scores: tuple[Score, ...]
    edges: tuple[Edge, ...]
    used_with: tuple[Entry, ...]
    pairs: tuple[tuple[Entry, str], ...]
    leading: tuple[tuple[Ranking, Placed], ...]
    stacks: tuple[tuple[str, schema.Stack], ...]
    timeline: Timeline | None
    runs_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why to choose one of two: a use case with its places, or a criterion with its facts."""

    ranking: Ranking | None = None
    own: Placed | None = None
    other: Placed | None = None
    criterion: Criterion | None = None
    fact: Fact | None = None
    other_fact: Fact | None = None


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

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return pair_url(self.one, self.other)

    @property
    def differ_count(self) -> int:
        """Return in how many criteria they differ."""
        return sum(len(section.questions) for section in self.differ)

    @property
    def agree_count(self) -> int:
        """Return in how many criteria they have the same value."""
        return sum(len(section.questions) for section in self.agree)


class UnknownNameError(Exception):
    """A page asks for something that the catalog does not have."""


class Site:
    """The catalog with what is derived from it, each computed once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def rankings(self) -> dict[str, Ranking]:
        """Return the ranking of every use case."""
        return {name: rank(self.catalog, name) for name in self.catalog.use_cases}

    @cached_property
    def places(self) -> dict[str, dict[str, Placed]]:
        """Return where each entry stands in each use case."""
        return {
            name: {p.entry.id: p for home in ranking.placed for p in (home, *home.resting)}
            for name, ranking in self.rankings.items()
        }

    @cached_property
    def scores(self) -> dict[str, tuple[Score, ...]]:
        """Return the ratings of every entry."""
        return {name: scores(self.catalog, entry) for name, entry in self.catalog.entries.items()}

    @cached_property
    def mentions(self) -> dict[str, int]:
        """Return how often the articles recommend each entry."""
        total: dict[str, int] = {}
        for case in self.catalog.use_cases.values():
            for name in (name for said in case.said for name in said.recommends):
                total[name] = total.get(name, 0) + 1
        return total

    @cached_property
    def weights(self) -> dict[tuple[str, str], float]:
        """Return how much each criterion counts over all use cases of its kind."""
        total: dict[tuple[str, str], float] = {}
        for case in self.catalog.use_cases.values():
            for name, weight in case.weights.items():
                total[case.kind, name] = total.get((case.kind, name), 0.0) + weight.weight
        return total

    @cached_property
    def sides(self) -> dict[str, Side]:
        """Return every application with its run, by the id of its entry."""
        return sides(self.catalog)

    @cached_property
    def switches(self) -> dict[tuple[str, str], Switching]:
        """Return what switching costs, by the ids of every two entries that have an application."""
        pairs = combinations(sorted(self.sides), 2)
        return {(one, other): switching(self.sides[one], self.sides[other]) for one, other in pairs}

    def get(self, what: str, collection: Mapping[str, object], name: str) -> object:
        """Return the named thing, or raise UnknownNameError with a suggestion."""
        if name not in collection:
            raise UnknownNameError(
                f'there is no {what} "{name}".{suggestion(name, collection)} There are {", ".join(collection)}.'
            )
        return collection[name]


def questions(kind: Kind, entries: tuple[Entry, ...], names: tuple[str, ...]) -> tuple[Question, ...]:
    """Return the named criteria with the facts of the entries, those asked of none of them left out."""
    found = (
        Question(
            criterion=kind.criteria[name],
            facts=tuple(entry.facts.get(name) for entry in entries),
            asked=tuple(name in entry.asked for entry in entries),
        )
        for name in names
    )
    return tuple(question for question in found if any(question.asked))


def entry_view(site: Site, entry: Entry) -> EntryView:
    """Return what the page of the entry shows."""
    catalog, kind = site.catalog, site.catalog.kinds[entry.kind]
    sections = tuple(
        Section(id=group, name=kind.group_names[group], questions=found)
        for group, names in kind.groups.items()
        if (found := questions(kind, (entry,), names))
    )
    leading = tuple(
        (ranking, placed)
        for ranking in site.rankings.values()
        for placed in ranking.placed
        if placed.entry.id == entry.id and placed.place <= 3 and placed.high > 0
    )
    others = (other for other in catalog.of_kind(entry.kind) if other.id != entry.id)
    return EntryView(
        entry=entry,
        kind=kind,
        strip=_strip(entry),
        sections=sections,
        scores=site.scores[entry.id],
        edges=entry.edges,
        used_with=tuple(catalog.entries[name] for name in entry.used_with),
        pairs=tuple((other, pair_url(entry, other)) for other in others),
        leading=leading,
        stacks=tuple((n, s) for n, s in catalog.stacks.items() if any(part.entry == entry.id for part in s.parts)),
        timeline=timeline(entry.reading),
        runs_on=runs_on(entry.reading),
    )


def _strip(entry: Entry) -> tuple[Figure, ...]:
    """Six figures: what is measured of the package, what it is, and how well it is answered."""
    choices = [fact for fact in entry.facts.values() if fact.meaning and fact.meaning.tone == "neutral"]
    kinds = [
        Figure(label=fact.criterion.name, text=fact.meaning.label, target=fact.criterion.id)
        for fact in choices
        if fact.meaning and fact.criterion.id not in ("governance", "structure")
    ]
    answered = Figure(label="Answered", text=f"{entry.answered} / {len(entry.asked)}", small=f"{entry.coverage:.0%}")
    measured = tuple(_measured_figures(entry))
    if measured:
        return (*measured, *kinds[: 5 - len(measured)], answered)
    licence = entry.facts.get("licence")
    stated = [Figure(label="Language", text=entry.record.language), *kinds[:2]]
    stated += [Figure(label="Licence", text=licence.value, target="licence")] if licence else []
    stated += [Figure(label="Release read", text=entry.newest_version)] if entry.newest_version else []
    return (*stated, answered)


def _measured_figures(entry: Entry) -> Iterator[Figure]:
    reading = entry.reading
    if reading is None:
        return
    released = f"{reading.latest.released.day} {reading.latest.released:%b %Y}" if reading.latest.released else ""
    yield Figure(label="Latest", text=reading.latest.version, small=released, target="health")
    count = reading.releases_24_months
    pace = "" if count is None else f"{count} release{'' if count == 1 else 's'} / 24 mo"
    yield Figure(label="Status", text=entry.standing.word, small=pace, target="health")
    yield Figure(label="Runs on", text=runs_on(reading), target="health")
    if reading.installed_size and reading.dependencies:
        count = len(reading.dependencies.every)
        text = size(reading.installed_size.with_dependencies)
        yield Figure(label="Installed", text=text, small=f"{count} dep{'' if count == 1 else 's'}", target="health")


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
    )


def _reasons(site: Site, own: Entry, other: Entry) -> tuple[Reason, ...]:
    """Use cases in which `own` clearly leads, then the heaviest criteria that it answers and `other` does not."""
    leads = sorted(_leads(site, own, other), key=lambda pair: (-pair[0], pair[1].ranking.id if pair[1].ranking else ""))
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
        lead = 100.0 + mine.low if theirs is None else mine.low - theirs.high
        if lead >= CLEAR_LEAD:
            yield lead, Reason(ranking=ranking, own=mine, other=theirs)


def _fact_leads(site: Site, own: Entry, other: Entry) -> Iterator[tuple[float, Reason]]:
    for name, credit in own.credits.items():
        theirs = other.credits.get(name)
        if credit < STRONG or theirs is None or credit - theirs < STRONG_LEAD:
            continue
        weight = 1.0 + site.weights.get((own.kind, name), 0.0)
        fact = own.facts[name]
        yield (
            (credit - theirs) * weight,
            Reason(criterion=fact.criterion, fact=fact, other_fact=other.facts[name]),
        )


def matrix_view(site: Site, name: str) -> MatrixView:
    """Return a published matrix, or the full matrix of a kind."""
    catalog = site.catalog
    if name in catalog.kinds:
        return _full_matrix(site, catalog.kinds[name])
    matrix = site.get("matrix", {**catalog.matrices, **catalog.kinds}, name)
    assert isinstance(matrix, schema.Matrix)
    tables = tuple(
        _table_view(site, f"table-{index}", table, matrix) for index, table in enumerate(matrix.tables, start=1)
    )
    return MatrixView(
        id=name,
        name=matrix.name,
        summary=matrix.summary,
        introduction=matrix.introduction,
        tables=tables,
        spring=matrix.spring,
    )


def _full_matrix(site: Site, kind: Kind) -> MatrixView:
    table = schema.Table.model_validate(
        {"kind": kind.id, "groups": list(kind.groups), "caption": f"All criteria of {kind.name.lower()}"}
    )
    count = len(site.catalog.of_kind(kind.id))
    return MatrixView(
        id=kind.id,
        name=f"{kind.name}: every fact",
        summary=f"All {len(kind.criteria)} criteria of {count} entries in one table.",
        introduction="",
        tables=(_table_view(site, "table-1", table, None),),
    )


def _table_view(site: Site, name: str, table: schema.Table, matrix: schema.Matrix | None) -> TableView:
    catalog, kind = site.catalog, site.catalog.kinds[table.kind]
    entries = tuple(catalog.entries[entry] for entry in table.entries) or catalog.of_kind(table.kind)
    rows: list[tuple[str, str | None, tuple[str, ...], tuple[str, ...]]] = []
    rows += [(kind.group_names[group], None, kind.groups[group], ()) for group in table.groups]
    rows += [("", None, table.criteria, table.ratings)] if table.criteria or table.ratings else []
    rows += [(row.name, row.note, row.criteria, row.ratings) for row in table.sections]
    sections = tuple(
        Section(
            id=f"{name}-{index}",
            name=heading,
            note=note,
            questions=questions(kind, entries, criteria),
            scores=tuple((catalog.ratings[r], r, tuple(_score(site, entry, r) for entry in entries)) for r in ratings),
        )
        for index, (heading, note, criteria, ratings) in enumerate(rows, start=1)
    )
    caption = table.caption or (matrix.name if matrix else kind.name)
    first = sorted(entries, key=lambda entry: -site.mentions.get(entry.id, 0))[:2]
    return TableView(
        id=name,
        caption=caption,
        kind=kind,
        entries=entries,
        sections=sections,
        by_entry=table.rows == "entries",
        first=tuple(entry.id for entry in first),
    )


def _score(site: Site, entry: Entry, rating: str) -> Score:
    return next(score for score in site.scores[entry.id] if score.id == rating)
