"""The CSV files: what a spreadsheet program could take for a formula, and the package that describes them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from macros.views.api.csv_files import FORMULA, Column, Table, written
from macros.views.api.files import Api
from macros.views.api.tables import MISSING
from macros.views.site import Site
from tests.api_files import as_data, files_of

READ = {
    "string": str,
    "number": float,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}
HARMFUL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("https://example.org","x")', "＝1"]


@pytest.fixture(scope="module")
def files(site):
    return files_of(site)


@pytest.fixture(scope="module")
def package(files):
    return as_data(files["datapackage.json"])


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_the_package_describes_every_table(files, package):
    assert {one["path"] for one in package["resources"]} == {path for path in files if path.endswith(".csv")}
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)


def test_every_cell_has_the_type_that_the_package_states(files, package):
    read = 0
    for resource in package["resources"]:
        head, *rows = rows_of(files[resource["path"]])
        fields = resource["schema"]["fields"]
        assert head == [field["name"] for field in fields]
        assert len(set(head)) == len(head)
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                constraints = field.get("constraints", {})
                if cell in MISSING:
                    assert not constraints.get("required"), (resource["path"], field["name"])
                    continue
                READ[field["type"]](cell)
                assert cell in constraints.get("enum", [cell]), (resource["path"], field["name"])
                read += 1
    assert read


def test_the_key_of_a_table_tells_its_rows_apart(files, package):
    for resource in package["resources"]:
        head, *rows = rows_of(files[resource["path"]])
        places = [head.index(name) for name in resource["schema"]["primaryKey"]]
        keys = [tuple(row[place] for place in places) for row in rows]
        assert len(set(keys)) == len(keys) > 0, resource["path"]


def test_a_matrix_says_what_its_page_says(site, catalog, files):
    head, *rows = rows_of(files["csv/matrix-frameworks.csv"])
    found = {row[head.index("entry_id")]: dict(zip(head, row, strict=True)) for row in rows}
    assert set(found) == {entry.id for entry in catalog.of_kind("frameworks")}
    for entry in catalog.of_kind("frameworks"):
        for name in catalog.kinds["frameworks"].criteria:
            fact, asked = entry.facts.get(name), name in entry.asked
            assert found[entry.id][name] == (fact.value if fact else "not recorded" if asked else "not asked")
        assert found[entry.id]["entry_status"] == entry.status.word


def test_the_ratings_of_a_matrix_are_those_of_its_page(site, files):
    head, *rows = rows_of(files["csv/matrix-ratings.csv"])
    names = [name.removeprefix("rating_") for name in head if name.startswith("rating_")]
    assert names
    for row in rows:
        scores = {score.id: score.value for score in site.scores[row[head.index("entry_id")]]}
        for name in names:
            cell = row[head.index(f"rating_{name}")]
            assert (float(cell) if cell else None) == scores[name]


@pytest.mark.parametrize("text", HARMFUL)
def test_what_could_be_a_formula_is_text(text):
    assert written(text) == f"'{text}"
    table = Table(
        path="t.csv", title="", description="", columns=(Column(name="a", title=""),), key=("a",), rows=[[text]]
    )
    assert rows_of(table.csv()) == [["a"], [f"'{text}"]]


@pytest.mark.parametrize(
    ("cell", "text"), [(-1.5, "-1.5"), (None, ""), (True, "true"), (date(2026, 1, 2), "2026-01-02")]
)
def test_what_is_no_text_stays_as_it_is(cell, text):
    assert written(cell) == text


def test_separators_and_quotation_marks_do_not_end_a_cell():
    text = 'a,"=1+1",b\r\n=2'
    table = Table(
        path="t.csv", title="", description="", columns=(Column(name="a", title=""),), key=("a",), rows=[[text]]
    )
    assert rows_of(table.csv()) == [["a"], [text]]


@pytest.mark.parametrize("text", HARMFUL)
def test_no_note_of_a_record_becomes_a_formula(catalog, text):
    alpha = catalog.entries["alpha"]
    facts = {name: replace(fact, note=text) for name, fact in alpha.facts.items()}
    api = Api(Site(replace(catalog, entries=catalog.entries | {"alpha": replace(alpha, facts=facts)})), "")
    cells = [cell for row in rows_of(api.table("csv/facts.csv").csv()) for cell in row]
    assert f"'{text}" in cells
    assert not [cell for cell in cells if cell.startswith(FORMULA)]
