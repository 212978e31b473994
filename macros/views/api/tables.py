"""The tables that are published as CSV: all facts, every matrix, every measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.catalog.facts import Criterion, Fact
from macros.schema.routes import of_matrix, of_measure
from macros.views.api.csv_files import Cell, Column, Table
from macros.views.api.models.entries import Entry
from macros.views.api.models.entries import Fact as FactRecord
from macros.views.api.models.measured import Measure
from macros.views.matrices import MatrixView, TableView
from macros.views.site import Site

FACTS = "csv/facts.csv"
NOT_RECORDED = "not recorded"
NOT_ASKED = "not asked"
MISSING = ("", NOT_RECORDED, NOT_ASKED)
"""What stands in cells without a value."""
CURRENT = "Whether it is confirmed for the newest minor release."

ENTRY = (
    Column(name="entry_id", title="Entry", description="The id of the entry.", required=True),
    Column(name="entry_name", title="Name", description="The name of the entry.", required=True),
)
STATUS = Column(name="entry_status", title="Status", description="The maintenance status of the entry.", required=True)


def _text(name: str, title: str, description: str = "", *, required: bool = False) -> Column:
    return Column(name=name, title=title, description=description, required=required)


FACT_COLUMNS = (
    _text("kind", "Kind", "The id of the kind.", required=True),
    *ENTRY,
    _text("criterion", "Criterion", "The id of the criterion.", required=True),
    _text("value", "Value", "As the record states it.", required=True),
    _text("label", "Label", "The value as pages print it.", required=True),
    _text("note", "Note"),
    _text("since", "Since", "The release that brought it."),
    _text("inherited_from", "Inherited from", "The entry whose fact it is."),
    _text("source", "Source", "The page that proves it.", required=True),
    _text("at", "Words", "The first and last words of the passage."),
    _text("version", "Release", "The release that the page describes."),
    _text("of", "Of", "The project whose release that is, if not the entry."),
    Column(name="checked", title="Read", description="The day of the reading.", type="date", required=True),
    _text("proof", "Proof", "What confirms it beside its reader.", required=True),
    Column(name="current", title="Current", description=CURRENT, type="boolean", required=True),
)
MATRIX_COLUMNS = (
    _text("table_id", "Table", "The table of the matrix.", required=True),
    _text("kind_id", "Kind", "The kind of the entry.", required=True),
    *ENTRY,
    STATUS,
)
"""The first columns of a matrix; those of its ratings and criteria follow."""


def measure_columns(name: str, unit: str) -> tuple[Column, ...]:
    """Return the columns of a measure."""
    return (
        *ENTRY,
        Column(name="value", title=name, description=f"In {unit}.", type="number", required=True),
        _text("text", "As printed", "The figure as pages print it.", required=True),
        _text("of", "Measured of", "The release, and what it ran on."),
        Column(name="day", title="Day", description="The day of the measurement.", type="date", required=True),
        _text("command", "Command", "The command that repeats it."),
        _text("source", "Source", "The page that it was read from."),
        _text("machine", "Machine"),
    )


def facts_table(entries: Iterable[Entry]) -> Table:
    """Return all facts, a row each."""
    return Table(
        path=FACTS,
        title="Facts",
        description="Every fact of every entry, with its source and date.",
        columns=FACT_COLUMNS,
        key=("entry_id", "criterion"),
        rows=[_fact_row(entry, fact) for entry in entries for fact in entry["facts"]],
    )


def _fact_row(entry: Entry, fact: FactRecord) -> list[Cell]:
    return [
        *(entry["kind"], entry["id"], entry["name"], fact["criterion"], fact["value"], fact["label"], fact["note"]),
        *(fact["since"], fact["inherited_from"], fact["source"], fact["at"], fact["version"], fact["of"]),
        *(fact["checked"], fact["proof"], fact["current"]),
    ]


def matrix_table(site: Site, view: MatrixView) -> Table:
    """Return a matrix with a row for each entry of each of its tables, and a column for each rating and criterion.

    The ids of criteria have no underscore, so the names of the other columns are none of theirs.
    """
    criteria: dict[str, list[Criterion]] = {}
    for question in (question for table in view.tables for question in table.rows):
        criteria.setdefault(question.criterion.id, []).append(question.criterion)
    ratings = {name: rating.name for table in view.tables for part in table.sections for rating, name, _ in part.scores}
    return Table(
        path=of_matrix(view.id),
        title=view.name,
        description=view.summary,
        columns=(
            *MATRIX_COLUMNS,
            *(
                Column(name=f"rating_{name}", title=title, description="A rating from 0 to 5.", type="number")
                for name, title in ratings.items()
            ),
            *(_criterion_column(found) for found in criteria.values()),
        ),
        key=("table_id", "entry_id"),
        rows=[row for table in view.tables for row in _matrix_rows(table, tuple(ratings), tuple(criteria))],
    )


def _criterion_column(found: list[Criterion]) -> Column:
    """Return the column of a criterion; two kinds may have one of that id, each with its own values."""
    values = [value for criterion in found for value in criterion.values]
    free = any(not criterion.values for criterion in found)
    return Column(
        name=found[0].id,
        title=found[0].name,
        description=found[0].question,
        values=() if free else tuple(dict.fromkeys(values)),
    )


def _matrix_rows(table: TableView, ratings: tuple[str, ...], criteria: tuple[str, ...]) -> Iterator[list[Cell]]:
    scores = {name: found for section in table.sections for _, name, found in section.scores}
    answers = {question.criterion.id: question for question in table.rows}
    for at, entry in enumerate(table.entries):
        own: list[Cell] = [table.id, table.kind.id, entry.id, entry.name, entry.status.word]
        own += [scores[name][at].value if name in scores else None for name in ratings]
        for name in criteria:
            question = answers.get(name)
            own.append(_answer(question.facts[at], asked=question.asked[at]) if question else None)
        yield own


def _answer(fact: Fact | None, *, asked: bool) -> str:
    if fact:
        return fact.value
    return NOT_RECORDED if asked else NOT_ASKED


def measure_table(names: dict[str, str], measure: Measure) -> Table:
    """Return a measure with a row for each entry, the best first; `names` are those of the entries."""
    return Table(
        path=of_measure(measure["kind"], measure["id"]),
        title=f"{measure['name']} ({measure['kind']})",
        description=measure["how"],
        columns=measure_columns(measure["name"], measure["unit"]),
        key=("entry_id",),
        rows=[
            [
                *(value["entry"], names[value["entry"]], value["value"], value["text"], value["of"], value["day"]),
                *(value["command"], value["source"], value["machine"]),
            ]
            for value in measure["values"]
        ],
    )
