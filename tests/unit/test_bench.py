"""The benchmark's catalogs are in order and of the size asked for; its tables and verdicts say what was measured."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace

import pytest
import yaml

from macros.cache.store import store_of
from macros.code.syntax import GRAMMARS
from tools.bench import builds, edits, material, processes
from tools.bench.builds import Cost, Pages
from tools.bench.catalog import Census, census, site_of, write_catalog
from tools.bench.copies import varied
from tools.bench.edits import RECORD, SORTS, Seen
from tools.bench.processes import Run
from tools.bench.references import without
from tools.bench.report import Measured, Target, report
from tools.bench.tables import Change
from tools.preview import ROOT

STORE = store_of(ROOT)


@pytest.fixture(scope="module")
def real() -> Census:
    return census(site_of(ROOT, STORE), ROOT / "docs")


@pytest.mark.parametrize("share", [0.9, 1.2])
def test_a_catalog_is_in_order_and_has_the_pages_and_the_code_that_are_wanted(real, tmp_path, share):
    plan = real.plan(round(real.pages * share))
    write_catalog(ROOT, tmp_path, plan)
    site = site_of(tmp_path, STORE)
    found = census(site, ROOT / "docs")
    assert (found.frameworks, found.applications, found.pages) == (plan.frameworks, plan.applications, plan.pages)
    assert found.pages == pytest.approx(real.pages * share, rel=0.05)
    assert found.with_code / found.pages == pytest.approx(real.with_code / real.pages, abs=0.05)
    real_ones = {folder.name for folder in (ROOT / "lab" / "apps").iterdir()}
    texts = [
        (name in real_ones, text)
        for name, side in site.sides.items()
        for text in {source.text for source in side.code.sources if source.language in GRAMMARS}
    ]
    assert any(not is_real for is_real, _ in texts) == (share > 1)
    times = Counter(text for _, text in texts)
    assert all(is_real or times[text] == 1 for is_real, text in texts)


@pytest.mark.parametrize("pages", [1_000, 2_000, 5_000, 25_000])
def test_a_plan_keeps_the_share_of_pages_with_code(real, pages):
    plan = real.plan(pages)
    assert plan.pages == pytest.approx(pages, rel=0.05)
    assert 0 < plan.applications <= plan.frameworks
    more = plan.applications * (plan.applications + 1) // 2 - real.applications * (real.applications + 1) // 2
    assert (real.with_code + more) / plan.pages == pytest.approx(real.with_code / real.pages, abs=0.05)


def test_the_plan_of_the_real_size_is_the_real_site(real):
    plan = real.plan(real.pages)
    assert (plan.frameworks, plan.applications, plan.pages) == (real.frameworks, real.applications, real.pages)


def test_references_to_what_is_gone_are_taken_out():
    record = {
        "relations": [{"type": "built-on", "to": "a"}, {"type": "built-on", "to": "b"}],
        "used-with": ["a", "b"],
        "evidence": [{"facts": {"orm": {"value": "third-party", "via": ["a", "b"]}, "cli": "built-in"}}],
        "stars": {"ease": {"a": 1, "b": 2}},
        "said": [{"says": "a, b", "recommends": "a"}, {"says": "b", "recommends": ["b", "a"]}],
    }
    assert without(record, {"a"}) == {
        "relations": [{"type": "built-on", "to": "b"}],
        "used-with": ["b"],
        "evidence": [{"facts": {"orm": {"value": "third-party", "via": ["pkg:pypi/a", "b"]}, "cli": "built-in"}}],
        "stars": {"ease": {"b": 2}},
        "said": [{"says": "a, b"}, {"says": "b", "recommends": ["b"]}],
    }


def test_a_copy_says_book_in_its_own_way():
    assert varied("from books import Book, BOOKS", 3) == "from book3s import Book3, BOOK3S"
    assert varied("from books import Book", 1) == "from books import Book"


def test_an_edited_record_says_which_edit_it_is(tmp_path):
    record = tmp_path / "flask.yml"
    record.write_text("name: Flask\nsummary: A framework.\nlanguage: Python\n")
    for number in (1, 2):
        builds.edit(record, number)
    assert yaml.safe_load(record.read_text()) == {
        "name": "Flask",
        "summary": "Edit 2. A framework.",
        "language": "Python",
    }


@pytest.mark.parametrize("sort", SORTS)
def test_every_edit_under_serve_changes_its_file_and_can_be_found(sort):
    text = (ROOT / sort.file).read_text(encoding="utf-8")
    edited = edits.edited(text, sort.place, "Edit 1.")
    assert edited.count("Edit 1.") == 1
    assert "".join(edited.replace("Edit 1.", "").split()) == "".join(text.split())


def test_material_has_as_many_pages_with_a_table_of_sixty_rows_each(tmp_path):
    material.write_material(tmp_path / "project", 12)
    files = list((tmp_path / "project" / "docs").glob("*.md"))
    assert len(files) == 11
    texts = {file.read_text() for file in files}
    assert len(texts) == len(files)
    assert {len(re.findall(r"^\| Question \d", text, re.MULTILINE)) for text in texts} == {60}
    settings = yaml.safe_load((tmp_path / "project" / "mkdocs.yml").read_text())
    assert settings["nav"] == ["index.md"]
    assert "navigation.prune" in settings["theme"]["features"]


def test_pages_that_lead_elsewhere_are_not_counted(tmp_path):
    for name in ("index.html", "code/routing/index.html", "compare/a-vs-b/code/index.html", "404.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>A page.</p>")
    (tmp_path / "compare" / "index.html").write_bytes(builds.REDIRECT)
    assert builds.pages_of(tmp_path) == Pages(4, 2)


def test_a_process_is_measured_with_its_largest_memory(tmp_path):
    took = processes.run([sys.executable, "-c", "b'x' * 400 * 2**20"], tmp_path, {})
    assert took.memory > 400
    assert took.wall > 0


def test_a_process_that_fails_ends_the_run_with_its_words(tmp_path):
    with pytest.raises(SystemExit, match="broken\n"):
        processes.run([sys.executable, "-c", "import sys; sys.exit('broken')"], tmp_path, {})


def test_the_middle_of_runs_is_the_median_of_each_figure():
    assert processes.middle([Run(1, 9, 5), Run(3, 1, 6), Run(2, 5, 40)]) == Run(2, 5, 6)


def costs(name: str, pages: int, **cpu: float) -> list[Cost]:
    return [Cost(name, state, Pages(pages, pages // 3), Run(took, 2 * took, 100)) for state, took in cpu.items()]


@pytest.fixture
def measured() -> Measured:
    return Measured(
        machine="A machine.",
        real=costs("the real site", 600, cold=6.0, warm=1.2, edited=2.0),
        material=costs("MkDocs with Material", 600, cold=12.0)[0],
        catalogs=[costs("small", 500, cold=5.0, warm=1.0), costs("large", 5_000, cold=60.0, warm=9.0)],
        checks={"cold": Run(1.9, 2.0, 80), "warm": Run(0.9, 1.0, 70)},
        seen=[Seen(RECORD, 0.5, 1.004), Seen("a template", 0.6, 3.0)],
        changed=[Change("filter by words", 1_000, 60, 99.96, 100), Change("sort by a column", 60, 60, 16.1, 16)],
    )


def test_the_report_has_every_figure_and_a_verdict_in_words(measured):
    assert "\n".join(report(measured)) == REPORT


REPORT = """\
A machine.

| site | pages | with code | build | CPU s | ms a page | peak MiB |
|---|---:|---:|---:|---:|---:|---:|
| the real site | 600 | 200 | cold | 6.00 | 10.00 | 100 |
| the real site | 600 | 200 | warm | 1.20 | 2.00 | 100 |
| the real site | 600 | 200 | edited | 2.00 | 3.33 | 100 |
| MkDocs with Material | 600 | 200 | cold | 12.00 | 20.00 | 100 |
| small | 500 | 166 | cold | 5.00 | 10.00 | 100 |
| small | 500 | 166 | warm | 1.00 | 2.00 | 100 |
| large | 5,000 | 1,666 | cold | 60.00 | 12.00 | 100 |
| large | 5,000 | 1,666 | warm | 9.00 | 1.80 | 100 |

| `make check` | CPU s | seconds | peak MiB |
|---|---:|---:|---:|
| cold | 1.90 | 2.00 | 80 |
| warm | 0.90 | 1.00 | 70 |

| under `make serve`, edited | s to the page, asked for at once | s to the page, reloaded by itself |
|---|---:|---:|
| a record | 0.50 | 1.00 |
| a template | 0.60 | 3.00 |

| target | at most | measured | verdict |
|---|---:|---:|---:|
| CPU of a cold build, Material = 1 | 0.50 | 0.50 | met |
| CPU of a warm build, Material = 1 | 0.20 | 0.10 | met |
| CPU a page at 5,000 pages, at 500 = 1 | 1.15 | 1.20 | missed |
| From saving a record to seeing it | 1.00 s | 1.00 s | met |
| `make check`, cold, on the clock | 1.50 s | 2.00 s | missed |
| `make check`, warm, on the clock | 1.50 s | 1.00 s | met |
| Peak memory at 5,000 pages | 250 MiB | 100 MiB | met |
| A matrix of 1,000 × 60: filter by words | 100.0 ms | 100.0 ms | met |
| A matrix of 60 × 60: sort by a column | 16.0 ms | 16.1 ms | missed |"""


def test_what_was_not_measured_has_no_verdict(measured):
    text = "\n".join(report(replace(measured, catalogs=measured.catalogs[:1], seen=[])))
    assert "make serve" not in text
    assert "CPU a page at" not in text
    assert "Peak memory at 500 pages" in text


@pytest.mark.parametrize(("figure", "verdict"), [(1.5, "met"), (1.504, "met"), (1.506, "missed"), (9, "missed")])
def test_the_verdict_is_of_the_figure_as_it_is_printed(figure, verdict):
    assert Target("", 1.5, figure).verdict == verdict
