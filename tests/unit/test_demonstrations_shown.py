"""Demonstrations on the site: what is read out of their files, what they confirm, and how they are shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from macros.catalog import sources
from macros.catalog.demonstrations import DemonstrationRun
from macros.catalog.evidence import Ageing
from macros.catalog.model import Catalog
from macros.checks.load import load
from macros.checks.notices import notices
from macros.code import demonstrations
from macros.code.demonstrations import Demonstration
from macros.plugin.pages import entry_page
from macros.reading.folders import Folders
from macros.rendering.environment import Renderer
from macros.views.entries import entry_view
from macros.views.site import Site
from tests.unit.conftest import TODAY

RESULT = Path("measured") / "demonstrations" / "motor.json"
NODE = """import assert from 'node:assert/strict';

const PLACE = '/';

function serve(handler) {
  return handler(PLACE);
}

/**
 * A handler may be
 * asynchronous.
 */
export async function handlers_may_wait() {
  assert.equal(await serve(async () => 1), 1);
}

/** It takes something, so it is a helper. */
export function helper(name) {
  return name;
}

// Not a comment of documentation.
export function it_shows_nothing() {
  return serve(String);
}
"""


@pytest.fixture
def read(tmp_path) -> Callable[[str, str], dict[str, Demonstration]]:
    def demonstrations_of(name: str, text: str) -> dict[str, Demonstration]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        found, problems = demonstrations.load(tmp_path)
        assert problems == []
        (file,) = found.values()
        return dict(file.demonstrations)

    return demonstrations_of


def test_exported_functions_of_node_are_read(read):
    found = read("hello.mjs", NODE)
    assert list(found) == ["handlers-may-wait", "it-shows-nothing"]
    waits, silent = found.values()
    assert (waits.claim, waits.asserts) == ("A handler may be asynchronous.", True)
    assert (silent.claim, silent.asserts) == ("", False)
    assert waits.parts == ((13, 15), (3, 3), (5, 7))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def _private():\n    pass\n", []),
        ("def takes(it):\n    pass\n", []),
        ("def takes(*, it=1):\n    pass\n", []),
        ("@wrapped\ndef wrapped():\n    pass\n", []),
        ("class Held:\n    def inner():\n        pass\n", []),
        ("async def it_waits(\n    # nothing\n):\n    pass\n", ["it-waits"]),
    ],
)
def test_only_public_functions_without_parameters_are_demonstrations(read, text, names):
    assert list(read("hello.py", text)) == names


def test_what_a_function_uses_of_its_file_is_shown_behind_it(catalog):
    file = catalog.demonstrations["motor"]
    html = str(file.html(file.demonstrations["the-back-office-escapes"]))
    parts = ["the_back_office_escapes", "PLACE = ", "FIRST, SECOND", "ask</span>(application", "_client"]
    places = [html.index(part) for part in parts]
    assert places[0] < places[1] < places[2] < places[3]
    assert "Unused" not in html
    assert "import motor" not in html


def test_an_attribute_and_an_argument_are_not_what_is_called_so(catalog):
    file = catalog.demonstrations["wheel"]
    shown = str(file.html(file.demonstrations["rows-are-objects"]))
    assert "PLACE = " not in shown


def test_a_demonstration_is_shown_with_claim_lines_and_outcome(catalog: Catalog):
    site = Site(catalog)
    spec = entry_page(site, catalog.entries["motor"])
    html = Renderer(site)(spec.template, "../../", edit_url=None, page=True, **spec.context())
    assert 'id="demonstration-the-back-office-escapes"' in html
    assert 'href="../../servers/motor/#demonstration-the-back-office-escapes"' in html
    assert "A name such as <code>&lt;b&gt;</code> is shown as it is: the back office escapes &amp; keeps it." in html
    assert "<b>&lt;b&gt;" not in html
    assert "It shows" in html and '<a href="#asgi">' in html
    assert (
        'motor/#demonstration-the-back-office-escapes">\n<b><i aria-hidden="true">●</i> demonstrated</b>\n2.10.1'
        in html
    )


def test_a_demonstration_of_the_newest_release_keeps_a_fact_current(catalog: Catalog):
    fact = replace(catalog.entries["motor"].facts["asgi"], aged=Ageing(since="3.0"))
    assert fact.demonstration and fact.is_demonstrated
    assert (fact.current, fact.proof) == (True, "demonstration")
    older = replace(fact, demonstration=replace(fact.demonstration, newer="3.0"))
    assert (older.current, older.proof) == (False, "reader")
    assert not replace(fact, demonstration=None).current


def test_what_has_not_been_run_is_a_notice_and_confirms_nothing(data: Path):
    (data / RESULT).unlink()
    folders = Folders.around(data)
    said = [one.message for one in notices(sources.load(folders), TODAY) if one.path.endswith("motor.yml")]
    assert any("what its demonstrations show (make lab-demonstrations)" in message for message in said)
    catalog = load(folders, TODAY)
    motor = catalog.entries["motor"]
    assert motor.facts["asgi"].demonstration is None
    view = entry_view(Site(catalog), motor).demonstrations
    assert view and [one.outcome for one in view.shown] == [None]


def test_a_failure_contradicts_its_fact(data: Path, problems_of):
    found = json.loads((data / RESULT).read_text(encoding="utf-8"))
    found["functions"]["the-back-office-escapes"] |= {"outcome": "failed", "message": "line 9: AssertionError"}
    (data / RESULT).write_text(json.dumps(found), encoding="utf-8")
    (refused,) = problems_of(data)
    assert "asgi: its demonstration failed with 2.10.1 on 2026-11-20: line 9: AssertionError." in refused


def test_a_file_that_was_edited_is_run_again(data: Path, problems_of):
    file = data.parent / "lab" / "demonstrations" / "motor.py"
    file.write_text(file.read_text(encoding="utf-8") + "# Edited.\n", encoding="utf-8")
    (refused,) = problems_of(data)
    assert refused.startswith("lab/demonstrations/motor.py:1:1: It has changed since it was run")


def test_an_inherited_fact_leads_to_the_page_of_its_entry(catalog: Catalog):
    run = DemonstrationRun(entry="alpha", id="rows-are-objects", version="2.10", day=TODAY)
    rest = catalog.entries["alpha-rest"]
    facts = {**rest.facts, "orm": replace(rest.facts["orm"], demonstration=run)}
    site = Site(replace(catalog, entries={**catalog.entries, "alpha-rest": replace(rest, facts=facts)}))
    spec = entry_page(site, site.catalog.entries["alpha-rest"])
    html = Renderer(site)(spec.template, "../../", edit_url=None, page=True, **spec.context())
    assert 'href="../../frameworks/alpha/#demonstration-rows-are-objects"' in html
