"""The code blocks of an article: highlighted, counted, and shown with what bears each finding out."""

from __future__ import annotations

import json

import html5lib
import pytest
from markupsafe import Markup
from pygments.token import STANDARD_TYPES

from macros.checks.load import load
from macros.code.highlight import COLOURED, highlight, lines
from macros.reading.folders import Folders
from macros.rendering.styles import stylesheet
from macros.views.article_code import article_view
from macros.views.blocks import in_words
from tests.unit.test_docs import ROOT
from tests.unit.test_render import HOSTILE


@pytest.fixture(scope="module")
def view(catalog):
    return article_view(catalog)


def test_code_comes_out_as_text_with_the_classes_of_pygments():
    assert highlight('if x < 1:  # <b>\n    say("&")', "python") == Markup(
        '<span class="k">if</span> x &lt; <span class="m">1</span>:  <span class="c"># &lt;b&gt;</span>\n'
        '    say(<span class="s">&#34;&amp;&#34;</span>)'
    )


def test_every_line_closes_what_it_opens():
    found = lines('"""One\n\n<two>\n"""\nend\n', "python")
    assert [line.striptags() for line in found] == ['"""One', "", "<two>", '"""', "end"]
    assert all(line.count("<span") == line.count("</span>") for line in found)


def test_what_is_no_code_is_text():
    assert lines("", "python") == (Markup(""),)
    assert highlight("f(\n\t)", "python").striptags() == "f( )"
    assert highlight('yield "\n', "python").striptags() == 'yield "'


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("language", ["python", "html+jinja"])
def test_what_is_hostile_is_code(language, hostile):
    html = f"<pre>{highlight(hostile, language)}</pre>"
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert "".join(tree.itertext()) == hostile
    assert {node.tag for node in tree.iter()} <= {"DOCUMENT_FRAGMENT", "pre", "span"}


@pytest.mark.parametrize("language", ["python", "typescript", "javascript", "html+jinja", "bash", "text"])
def test_languages_have_a_lexer(language):
    assert highlight("<x>", language).striptags() == "<x>"


def test_every_class_has_a_colour_in_the_style_sheet(css):
    missing = [STANDARD_TYPES[kind] for kind in COLOURED if f".highlight .{STANDARD_TYPES[kind]} " not in css]
    assert missing == []


@pytest.fixture(scope="module")
def css():
    return stylesheet().replace(",", " ").replace("{", " ")


def test_blocks_stand_in_the_order_of_the_article(view):
    assert [(block.number, block.id, block.entry.id) for block in view.blocks] == [
        (1, "block-01", "alpha"),
        (2, "block-02", "beta"),
    ]
    assert view.article.name == "A review"
    assert str(view.day) == "2026-11-20"


def test_lines_have_the_numbers_of_the_article_and_say_what_points_at_them(view):
    assert [(line.number, line.html.striptags(), line.found) for line in view.blocks[0].printed] == [
        (10, "# <app>", False),
        (11, "app = alpha.App()", True),
        (12, "alpha.run(app)", True),
    ]


def test_blocks_are_counted_by_how_they_end(view):
    assert (view.as_printed, view.in_context, view.not_at_all) == (1, 1, 0)
    assert (view.passed, view.tests) == (2, 3)
    assert view.faults == (("missing", 1), ("removed", 1), ("deprecated", 1))
    assert [end.word for end in (view.blocks[0].alone, view.blocks[0].context)] == ["fails", "runs, and warns"]
    assert view.blocks[1].context is None


def test_a_finding_has_the_step_that_shows_it_where_it_failed(view):
    warned, failed = view.blocks[0].findings
    assert (warned.step.what, warned.step.error, warned.tone) == ("the page is asked for", "", "limited")
    assert (failed.step.what, failed.step.error, failed.tone) == ("app.py is imported", "NameError: alpha", "broken")
    assert view.blocks[1].findings[0].step is None


def test_what_stands_beside_is_shown_once(view):
    assert [(file.id, file.name, html.striptags()) for file, html in view.beside] == [
        ("beside-base-page-py", "base/page.py", "PAGE = 'hello'")
    ]
    assert [place.url for place in view.blocks[1].after] == ["code/article/block-01/"]


def test_the_name_of_a_test_is_a_sentence():
    assert in_words("test_it_serves[twice a day]") == "it serves: twice a day"
    assert in_words("test_it_ends") == "it ends"


def test_without_a_run_there_is_no_page(data, today):
    (data / "measured/blocks.json").unlink()
    for file in (data / "blocks").glob("*.yml"):
        file.unlink()
    assert article_view(load(Folders.around(data), today)) is None


def test_the_page_points_from_findings_to_lines(site, pages_of):
    html = pages_of(site)["code/article/block-01/"]
    assert '<mark id="line-12">' in html
    assert '<a href="#line-12">12</a>' in html
    assert "Alpha 2.0" in html
    assert "AssertionError: it goes on" in html


def test_the_list_keeps_the_places_of_blocks_and_lines_and_leads_to_their_pages(site, pages_of):
    html = pages_of(site)["code/article/"]
    assert '<tr id="block-01">' in html
    assert '<a href="../../code/article/block-01/">1 · ' in html
    assert '<a id="line-12" href="../../code/article/block-01/#line-12">12</a>' in html


def test_each_block_leads_to_the_one_before_and_the_next(view):
    assert [block.neighbours for block in view.blocks] == [
        (("Next", ("code/article/block-02/", view.blocks[1].record.name)),),
        (("Previous", ("code/article/block-01/", view.blocks[0].record.name)),),
    ]


def test_the_real_run_shows_the_blocks_that_lie_in_the_lab():
    runs = json.loads((ROOT / "data/measured/blocks.json").read_text(encoding="utf-8"))["blocks"]
    for name, run in runs.items():
        folder = ROOT / "lab/blocks" / name.removeprefix("block-")
        for form in ("printed", "today"):
            assert run[form] == (folder / f"{form}.py").read_text(encoding="utf-8"), f"{name}: run `make lab-blocks`"
    assert set(runs) == {file.stem for file in (ROOT / "data/blocks").glob("*.yml")}


def test_a_language_that_nobody_knows_has_no_colours():
    assert highlight("if x < 1:", "python <x-evil>") == highlight("if x < 1:", "text") == Markup("if x &lt; 1:")
