"""What the site shows of the Books applications are lines of their files."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from macros.code.files import MARK
from macros.code.tasks import TASKS
from macros.views.code import sides

ROOT = Path(__file__).resolve().parents[2]
NAMESPACE = {"h": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def catalog(real):
    return real


def page(built: Path, url: str):
    return html5lib.parse((built / url / "index.html").read_bytes(), namespaceHTMLElements=False)


def test_every_application_in_the_lab_is_shown(catalog):
    found = {side.entry.id for side in sides(catalog).values()}
    assert found == {file.parent.name for file in (ROOT / "lab/apps").glob("*/app.yml")}


@pytest.mark.parametrize("task", TASKS)
def test_a_snippet_is_what_stands_in_its_file(built, catalog, task):
    document = page(built, f"code/{task}/")
    for side in sides(catalog).values():
        section = document.find(f".//section[@id='{side.entry.id}']")
        shown = ["".join(code.itertext()) for code in section.iterfind(".//pre/code")]
        assert shown == [region.text for region in side.code.of(task)]
        assert shown or task in side.code.application.record.absent
        for region, text in zip(side.code.of(task), shown, strict=True):
            file = (ROOT / side.code.shown / region.file).read_text(encoding="utf-8").splitlines()
            lines = file[region.first - 1 : region.last]
            assert [line.strip() for line in lines] == [line.strip() for line in text.splitlines()]


def test_an_application_is_shown_whole(built, catalog):
    for side in sides(catalog).values():
        document = page(built, f"frameworks/{side.entry.id}/code/")
        shown = {h2.get("id"): section for section in document.iterfind(".//section") for h2 in section.iterfind("h2")}
        for source in side.code.sources:
            if source.counted and source.code:
                text = "".join(shown[source.path].find(".//pre/code").itertext())
                lines = [line for line in source.lines if not MARK.match(line)]
                assert text.rstrip() == "\n".join(lines).rstrip(), source.path


def test_the_contract_shows_every_outcome(built, catalog):
    document = page(built, "code/contract/")
    for side in sides(catalog).values():
        for item, ended in side.run.items.items():
            cell = document.find(f".//td[@id='{item}--{side.entry.id}']")
            assert cell.get("data-value") == ended.outcome


def test_an_application_that_was_not_run_on_postgresql_is_not_called_impossible(built, catalog):
    section = next(found for found in page(built, "code/contract/").iter("section")
                   if found.find("h2[@id='databases']") is not None)  # fmt: skip
    rows = ["".join(row.itertext()) for row in section.iter("tr")][1:]
    for side, row in zip(sides(catalog).values(), rows, strict=True):
        on = side.code.application.record.postgresql
        assert ("not possible" in row) == bool(on and on.none), row
        assert ("not run yet" in row) == (not side.postgresql and not (on and on.none)), row


def test_pairs_show_what_switching_costs(built, catalog):
    """Both concepts and both packages of each side stand in the section, and nowhere on a pair without code."""
    sections = page(built, "compare/fastapi-vs-flask/").iter("section")
    section = next(found for found in sections if found.find("h2[@id='switching']") is not None)
    said = " ".join("".join(section.itertext()).split())
    for name in ("fastapi", "flask"):
        code = catalog.codes[name]
        concepts = [concept.name for concept in code.application.record.concepts.values() if concept.name]
        assert concepts
        assert [concept for concept in concepts if concept not in said] == [], name
        assert [package for package in code.dependencies if package not in said] == [], name
    without = page(built, "compare/gunicorn-vs-uvicorn/")
    assert without.find(".//h2[@id='switching']") is None
