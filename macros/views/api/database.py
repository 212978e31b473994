"""The whole as an SQLite database, with the same bytes for the same data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from macros.views.api.models.entries import Entry
from macros.views.api.models.guide import UseCase
from macros.views.api.models.index import Criterion, Kind

TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE kinds (id TEXT PRIMARY KEY, name TEXT NOT NULL, summary TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE criteria (
  kind TEXT NOT NULL REFERENCES kinds, id TEXT NOT NULL, name TEXT NOT NULL, question TEXT NOT NULL,
  "group" TEXT NOT NULL, scale TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE "values" (
  kind TEXT NOT NULL, criterion TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL, meaning TEXT NOT NULL,
  credit REAL, PRIMARY KEY (kind, criterion, value), FOREIGN KEY (kind, criterion) REFERENCES criteria) WITHOUT ROWID;
CREATE TABLE entries (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL REFERENCES kinds, name TEXT NOT NULL, summary TEXT NOT NULL,
  language TEXT NOT NULL, package TEXT, website TEXT NOT NULL, repository TEXT, status TEXT NOT NULL, latest TEXT,
  released TEXT) WITHOUT ROWID;
CREATE TABLE facts (
  entry TEXT NOT NULL REFERENCES entries, kind TEXT NOT NULL, criterion TEXT NOT NULL, value TEXT NOT NULL,
  label TEXT NOT NULL, note TEXT, since TEXT, inherited_from TEXT REFERENCES entries, source TEXT NOT NULL, at TEXT,
  version TEXT, of TEXT, checked TEXT NOT NULL, proof TEXT NOT NULL, current INTEGER NOT NULL,
  PRIMARY KEY (entry, criterion), FOREIGN KEY (kind, criterion) REFERENCES criteria) WITHOUT ROWID;
CREATE TABLE answers (
  entry TEXT NOT NULL, criterion TEXT NOT NULL, setup TEXT NOT NULL, probe TEXT NOT NULL, answer TEXT NOT NULL,
  version TEXT NOT NULL, server TEXT, day TEXT NOT NULL, PRIMARY KEY (entry, criterion, setup),
  FOREIGN KEY (entry, criterion) REFERENCES facts) WITHOUT ROWID;
CREATE TABLE ratings (
  entry TEXT NOT NULL REFERENCES entries, rating TEXT NOT NULL, value REAL, PRIMARY KEY (entry, rating)) WITHOUT ROWID;
CREATE TABLE measures (
  entry TEXT NOT NULL REFERENCES entries, measure TEXT NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL,
  day TEXT NOT NULL, PRIMARY KEY (entry, measure)) WITHOUT ROWID;
CREATE TABLE use_cases (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL REFERENCES kinds, name TEXT NOT NULL, question TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rankings (
  use_case TEXT NOT NULL REFERENCES use_cases, entry TEXT NOT NULL REFERENCES entries, place INTEGER NOT NULL,
  low REAL NOT NULL, high REAL NOT NULL, first REAL, top REAL, PRIMARY KEY (use_case, entry)) WITHOUT ROWID;
"""
"""The tables. Days are texts such as 2026-11-20."""
Row = Sequence[str | float | None]
BY_SQLITE = slice(96, 100)
"""The bytes of a file that hold the release of SQLite that wrote it (https://www.sqlite.org/fileformat.html)."""


def columns() -> dict[str, dict[str, str]]:
    """Return the columns of each table with their types."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: {column: kind for _, column, kind, *_ in connection.execute(f'PRAGMA table_info("{name}")')}
            for name in names
        }


def database(
    about: Mapping[str, str],
    kinds: Iterable[Kind],
    criteria: Iterable[Criterion],
    entries: Sequence[Entry],
    use_cases: Iterable[UseCase],
) -> bytes:
    """Return the database, made from the records of the other files.

    The same records give the same bytes: the database is made in memory, from nothing, in one transaction, with rows in
    a fixed order, a fixed size of pages and no time in it. The one thing that would differ from machine to machine, the
    release of SQLite in the header, is set to zero; nothing reads it.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; BEGIN; {TABLES}")
        for table, rows in _rows(about, kinds, criteria, entries, use_cases):
            if rows:
                places = ", ".join("?" * len(rows[0]))
                connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)  # noqa: S608 - our own names
        connection.execute("COMMIT")
        content = bytearray(connection.serialize())
    content[BY_SQLITE] = bytes(4)
    return bytes(content)


def _rows(
    about: Mapping[str, str],
    kinds: Iterable[Kind],
    criteria: Iterable[Criterion],
    entries: Sequence[Entry],
    use_cases: Iterable[UseCase],
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each table with its rows; what others refer to comes first."""
    yield "about", [*about.items()]
    yield "kinds", [_of(kind, "id", "name", "summary") for kind in kinds]
    criteria = list(criteria)
    yield "criteria", [_of(one, "kind", "id", "name", "question", "group", "scale") for one in criteria]
    yield (
        "values",
        [
            (one["kind"], one["id"], *_of(value, "value", "label", "meaning", "credit"))
            for one in criteria
            for value in one["values"]
        ],
    )
    yield "entries", [_entry(entry) for entry in entries]
    yield from _of_entries(entries)
    use_cases = list(use_cases)
    yield "use_cases", [_of(case, "id", "kind", "name", "question") for case in use_cases]
    places = ("entry", "place", "low", "high", "first", "top")
    yield "rankings", [(case["id"], *_of(item, *places)) for case in use_cases for item in case["ranking"]]


def _of(record: Any, *names: str) -> tuple[Any, ...]:
    return tuple(record[name] for name in names)


def _entry(entry: Entry) -> Row:
    stated = _of(entry, "id", "kind", "name", "summary", "language", "package", "website", "repository")
    latest = entry["latest"]
    return (*stated, entry["status"]["word"], *(_of(latest, "version", "released") if latest else (None, None)))


def _of_entries(entries: Sequence[Entry]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the tables of what entries have: facts, answers of probes, ratings, figures."""
    columns = ("criterion", "value", "label", "note", "since", "inherited_from", "source", "at", "version", "of")
    facts = [(entry, fact) for entry in entries for fact in entry["facts"]]
    yield (
        "facts",
        [(entry["id"], entry["kind"], *_of(fact, *columns, "checked", "proof", "current")) for entry, fact in facts],
    )
    answers = ("setup", "probe", "answer", "version", "server", "day")
    yield (
        "answers",
        [
            (entry["id"], fact["criterion"], *_of(answer, *answers))
            for entry, fact in facts
            for answer in fact["probed"]
        ],
    )
    yield "ratings", [(entry["id"], *_of(score, "rating", "value")) for entry in entries for score in entry["ratings"]]
    figures = ("measure", "value", "unit", "day")
    yield "measures", [(entry["id"], *_of(one, *figures)) for entry in entries for one in entry["measures"]]
