"""What the pages of matrices need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from macros import schema
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Entry, Kind
from macros.catalog.ratings import Score
from macros.schema.routes import API, of_matrix
from macros.views.common import Question, Section, named_score, questions
from macros.views.legend import Legend, legend_of
from macros.views.site import Site
from macros.views.text import fixed

FEW = 4
"""Entries in a table whose cells have room for remarks."""


Rated = tuple[schema.Rating, str, tuple[Score, ...]]
"""A rating, its id, and the scores of the entries of a table in it."""


class EntryCells(NamedTuple):
    """The cells of one entry in a section of a table whose rows are entries."""

    scores: tuple[tuple[schema.Rating, str, Score], ...]
    facts: tuple[tuple[Criterion, Fact | None], ...]


class Traits(NamedTuple):
    """What an entry can be filtered by: language, status, and its ratings (`documentation=4.1 ecosystem=5.0`)."""

    language: str
    status: str
    ratings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """One table of a matrix."""

    id: str
    caption: str
    kind: Kind
    entries: tuple[Entry, ...]
    traits: tuple[Traits, ...]
    """What each entry can be filtered by."""
    rating_names: str
    """The ratings of the kind: `documentation=Documentation|ecosystem=Ecosystem`."""
    sections: tuple[Section, ...]
    by_entry: bool
    first: tuple[str, ...]
    """The two entries that a phone shows until the reader chooses: those that the articles speak of most."""

    @property
    def width(self) -> int:
        """Return the number of columns, where the rows are criteria."""
        return len(self.entries) + 1

    @property
    def few(self) -> bool:
        """Return whether its entries are so few that each cell has room for remarks."""
        return len(self.entries) <= FEW

    @property
    def named_sections(self) -> tuple[Section, ...]:
        """Return the sections that have a heading."""
        return tuple(section for section in self.sections if section.name)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the names of the columns, where the rows are entries."""
        return tuple(
            name
            for section in self.sections
            for name in (
                *(rating.name for rating, _, _ in section.scores),
                *(question.criterion.name for question in section.questions),
            )
        )

    def by_entries(self) -> Iterator[tuple[Entry, tuple[EntryCells, ...]]]:
        """Yield each entry with its scores and facts, section by section, where the rows are entries."""
        for at, entry in enumerate(self.entries):
            yield (
                entry,
                tuple(
                    EntryCells(
                        tuple((rating, name, scores[at]) for rating, name, scores in section.scores),
                        tuple((question.criterion, question.facts[at]) for question in section.questions),
                    )
                    for section in self.sections
                ),
            )

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
    def legend(self) -> Legend:
        """Return the values with a sign that its tables show."""
        return legend_of(fact for table in self.tables for row in table.rows for fact in row.facts)

    @property
    def several(self) -> bool:
        """Return whether it has more than one table, which then have headings."""
        return len(self.tables) > 1

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return f"matrix/{self.id}/"

    @property
    def as_csv(self) -> str:
        """Return the address of it as a table for programs, from the root of the site."""
        return f"{API}{of_matrix(self.id)}"


def matrix_view(site: Site, name: str, *, measured: bool = False) -> MatrixView:
    """Return a published matrix, or the full matrix of a kind; with `measured`, without ratings that nobody has."""
    catalog = site.catalog
    if name in catalog.kinds:
        return _full_matrix(site, catalog.kinds[name])
    matrix = site.get("matrix", {**catalog.matrices, **catalog.kinds}, name)
    assert isinstance(matrix, schema.Matrix)
    tables = tuple(
        _table_view(site, f"table-{index}", table, matrix, measured=measured)
        for index, table in enumerate(matrix.tables, start=1)
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


def _table_view(
    site: Site, name: str, table: schema.Table, matrix: schema.Matrix | None, *, measured: bool = False
) -> TableView:
    catalog, kind = site.catalog, site.catalog.kinds[table.kind]
    entries = tuple(catalog.entries[entry] for entry in table.entries) or _as_used(site, table)
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
            scores=_scores(site, entries, ratings, measured=measured),
        )
        for index, (heading, note, criteria, ratings) in enumerate(rows, start=1)
    )
    caption = table.caption or (matrix.name if matrix else kind.name)
    names = (f"{key}={rating.name}" for key, rating in catalog.ratings.items() if rating.kind == kind.id)
    return TableView(
        id=name,
        caption=caption,
        kind=kind,
        entries=entries,
        traits=tuple(_traits(site, entry) for entry in entries),
        rating_names="|".join(names),
        sections=sections,
        by_entry=table.rows == "entries",
        first=site.most_mentioned(entry.id for entry in entries),
    )


def _traits(site: Site, entry: Entry) -> Traits:
    rated = (f"{score.id}={fixed(score.value)}" for score in site.scores[entry.id] if score.value is not None)
    return Traits(language=entry.record.language or "", status=entry.status.word, ratings=" ".join(rated))


def _as_used(site: Site, table: schema.Table) -> tuple[Entry, ...]:
    """Return the entries of the table's kind: rows by name; columns by use, for the first ones are seen at once.

    Those that articles recommend most come first, then the most downloaded; what nobody should choose comes last.
    """
    entries = site.catalog.of_kind(table.kind)
    if table.rows == "entries":
        return entries

    def use(entry: Entry) -> tuple[bool, int, int]:
        downloads = entry.popularity.downloads if entry.popularity else None
        return bool(entry.told), -site.mentions.get(entry.id, 0), -(downloads.value if downloads else 0)

    return tuple(sorted(entries, key=use))


def _scores(site: Site, entries: tuple[Entry, ...], ratings: tuple[str, ...], *, measured: bool) -> tuple[Rated, ...]:
    """Return the scores of the entries in each rating; a rating that nobody has yet comes last, or is left out."""
    found = [(site.catalog.ratings[r], r, tuple(named_score(site, entry, r) for entry in entries)) for r in ratings]
    there = [rated for rated in found if any(score.value is not None for score in rated[2])]
    return (*there, *(rated for rated in found if not measured and rated not in there))


def matrix_views(site: Site) -> list[MatrixView]:
    """Return every matrix that has a page: the published ones, then the full ones of each kind with entries."""
    names = [*site.catalog.matrices, *(kind for kind in site.catalog.kinds if site.catalog.of_kind(kind))]
    return [matrix_view(site, name) for name in names]
