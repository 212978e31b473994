"""A new entry is one file: with a record of ten facts and nothing else, everything works and its pages exist."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest

from macros.catalog import sources
from macros.catalog.build import build
from macros.catalog.rankings import rank
from macros.checks.load import all_problems
from macros.checks.notices import notices
from macros.plugin.pages import page_specs
from macros.plugin.state import root_of
from macros.reading.folders import Folders
from macros.rendering.environment import Renderer
from macros.views.site import Site

ROOT = Path(__file__).parents[2]
ADDITIONS = Path(__file__).parent / "additions"
NEW = {file.stem: file.parent.name for file in sorted(ADDITIONS.glob("*/*.yml"))}
"""The kind of each entry that is added."""
TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> sources.Sources:
    """Return the real data with the additions; the lab beside it is the real one."""
    home = tmp_path_factory.mktemp("added")
    shutil.copytree(ROOT / "data", home / "data")
    shutil.copytree(ADDITIONS, home / "data", dirs_exist_ok=True)
    (home / "lab").symlink_to(ROOT / "lab")
    return sources.load(Folders.of(home))


@pytest.fixture(scope="module")
def added(found) -> Site:
    return Site(build(found, TODAY))


def test_ten_facts_are_stated_of_two_kinds(added):
    assert len(set(NEW.values())) == 2
    for name in NEW:
        assert added.catalog.entries[name].answered == 10


def test_the_checks_pass(found):
    assert list(map(str, all_problems(found, TODAY))) == []


@pytest.mark.parametrize("name", NEW)
def test_what_is_missing_says_how_to_get_it(found, name):
    path = f"data/{NEW[name]}/{name}.yml"
    said = [one.message for one in notices(found, TODAY) if one.path == path]
    sorts = ("Not measured yet", "This entry is not finished", "confirmed by a reader alone")
    ((unmeasured,), (unfinished,), (unread,)) = ([line for line in said if sort in line] for sort in sorts)
    assert "10 of 10 facts (100 %) are confirmed by a reader alone" in unread
    assert "10 of " in unfinished
    assert "a finished entry answers 90 %" in unfinished
    assert "no best-for and no strengths and no trade-offs" in unfinished
    assert "make lab-registry" in unmeasured
    assert ("lab/books/CONTRACT.md" in unmeasured) is (NEW[name] == "frameworks")


def test_every_page_of_the_site_can_be_rendered(added):
    """All but the pairs of others: a page of another entry may fail on the new one."""
    renderer = Renderer(added)
    for spec in page_specs(added):
        if spec.url.startswith("compare/") and not any(name in spec.url for name in NEW):
            continue
        html = renderer(spec.template, root_of(spec.url), edit_url=None, page=True, **spec.context())
        assert "<h1" in html, spec.url


@pytest.mark.parametrize("name", NEW)
def test_its_page_shows_each_of_its_facts_and_no_more(added, name):
    entry = added.catalog.entries[name]
    spec = next(spec for spec in page_specs(added) if spec.url == entry.url)
    html = Renderer(added)(spec.template, root_of(spec.url), edit_url=None, page=True, **spec.context())
    rows = html5lib.parse(html, namespaceHTMLElements=False).findall(".//tr[@id]")
    asked = {row.get("id"): row for row in rows if row.get("id") in entry.asked}
    linked = {
        name for name, row in asked.items() if any(link.get("href") == fact_page(entry, name) for link in row.iter("a"))
    }
    assert linked == set(entry.facts)


def fact_page(entry, name: str) -> str | None:
    fact = entry.facts.get(name)
    return fact.source if fact else None


@pytest.mark.parametrize("name", NEW)
def test_it_has_a_pair_with_every_other_entry_of_its_kind(added, name):
    others = [entry.id for entry in added.catalog.of_kind(NEW[name]) if entry.id != name]
    urls = {spec.url for spec in page_specs(added)}
    assert others
    assert {f"compare/{min(name, other)}-vs-{max(name, other)}/" for other in others} <= urls


def test_rankings_of_its_kind_name_it(added):
    """It is ranked or excluded, with a range for what is not recorded; or the ranking ranks nothing."""
    for case in added.catalog.use_cases:
        ranking = rank(added.catalog, case)
        shown = {one.entry.id for item in ranking.placed for one in (item, *item.grouped)}
        shown |= {item.entry.id for item in ranking.excluded}
        new = {name for name, kind in NEW.items() if kind == ranking.case.kind}
        assert new <= shown or not ranking.placed, case


KIND = """\
name: Template engines
singular: template engine
summary: They make HTML from data.
position: 11
groups:
  - id: basics
    name: Basics
    criteria: [licence, typed]
  - id: safety
    name: Safety
    criteria:
      - {id: autoescape, name: Escaping by default, question: "Are values escaped by default?", scale: presence}
"""
ENTRY = """\
name: Example Template
tile: Et
language: Python
website: https://templates.example.org/
summary: Made-up template engine, for tests of what a new kind needs.
evidence:
  - source: https://templates.example.org/docs/
    checked: 2026-11-20
    facts: {licence: MIT, autoescape: present}
"""


def test_a_new_kind_is_two_files(tmp_path):
    """The questions and the first entry; without an entry the kind has no page."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "lab").symlink_to(ROOT / "lab")
    (tmp_path / "data/criteria/template-engines.yml").write_text(KIND, encoding="utf-8")
    found = sources.load(Folders.of(tmp_path))
    assert list(map(str, all_problems(found, TODAY))) == []
    assert "template-engines/" not in {spec.url for spec in page_specs(Site(build(found, TODAY)))}
    (tmp_path / "data/template-engines").mkdir()
    (tmp_path / "data/template-engines/example-template.yml").write_text(ENTRY, encoding="utf-8")
    found = sources.load(Folders.of(tmp_path))
    assert list(map(str, all_problems(found, TODAY))) == []
    site = Site(build(found, TODAY))
    specs = {spec.url: spec for spec in page_specs(site) if "template-engines" in spec.url}
    assert set(specs) == {
        "template-engines/",
        "template-engines/example-template/",
        "matrix/template-engines/",
        *(f"template-engines/by/{name}/" for name in site.catalog.kinds["template-engines"].criteria),
    }
    for spec in specs.values():
        html = Renderer(site)(spec.template, root_of(spec.url), edit_url=None, page=True, **spec.context())
        assert "Example Template" in html
