"""Without JavaScript nothing is missing: the same text, all code, a menu that opens, forms that lead somewhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PAGES, PHONE

TOOLS = ".tools, [data-scheme-button], button.copy, .sort-by, [data-yours], noscript"
"""What only JavaScript can do, so that it makes these itself; and what is said in their place."""


def shown(page: Page) -> list[str]:
    """Return the lines of text that the page shows, the tools that JavaScript adds left out."""
    page.evaluate("tools => { for (const tool of document.querySelectorAll(tools)) tool.remove(); }", TOOLS)
    page.evaluate("for (const pane of document.querySelectorAll('.panes > section')) pane.hidden = false;")
    text = page.locator("#content").inner_text()
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.fixture
def plain(opened) -> Page:
    return opened(java_script_enabled=False)


@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith("in a frame")])  # they have no script
def test_the_same_text_is_shown(reader, plain_reader, name):
    reader.goto(PAGES[name])
    plain_reader.goto(PAGES[name])
    with_it, without = shown(reader), shown(plain_reader)
    assert without == with_it
    assert len(without) > 5


def test_on_a_phone_every_entry_of_a_matrix_is_there(opened, real):
    plain = opened(java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]})
    plain.goto("matrix/frameworks/")
    expect(plain.locator("#websockets td:visible")).to_have_count(len(real.of_kind("frameworks")))


def test_the_menu_opens(opened):
    plain = opened(java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]})
    plain.goto("")
    expect(plain.locator("#menu")).to_be_hidden()
    plain.get_by_role("button", name="Menu").click()
    plain.locator("#menu").get_by_role("link", name="Method").click()
    expect(plain).to_have_url(re.compile(r"/method/$"))


def test_the_picker_leads_to_where_every_pair_is(plain):
    plain.goto("")
    for name in ("Django", "FastAPI"):
        plain.locator("form[data-picker] label", has=plain.get_by_text(name, exact=True)).click()
    plain.get_by_role("button", name="Compare").click()
    expect(plain).to_have_url(re.compile(r"/compare/\?e=django&e=fastapi$"))
    plain.locator("#content .pair-grid a[href$='compare/django-vs-fastapi/']").first.click()
    expect(plain.locator("h1")).to_have_text(re.compile(r"Django\s+and\s+FastAPI"))


def test_a_fold_opens(plain):
    plain.goto("compare/django-vs-fastapi/")
    fold = plain.locator("details:has(> summary #agree)")
    fold.locator("summary").first.click()
    expect(fold.locator("tr[id]").first).to_be_visible()


def test_a_reversed_pair_leads_to_the_pair(plain):
    plain.goto("compare/fastapi-vs-django/")
    expect(plain).to_have_url(re.compile(r"/compare/django-vs-fastapi/$"))


def test_the_questions_of_the_first_page_lead_to_where_every_answer_is(plain):
    for field, value, url in (
        ("I build", "rest-api", r"/guide/\?case=rest-api$"),
        ("Is", "celery", r"/matrix/health/\?e=celery$"),
    ):
        plain.goto("")
        plain.get_by_label(field, exact=True).select_option(value)
        plain.locator(f"form:has(option[value={value}]):has(select[required]) button").last.click()
        expect(plain).to_have_url(re.compile(url))


def test_instead_of_the_search_all_questions_are_offered(plain):
    plain.goto("frameworks/")
    expect(plain.locator("#q")).to_be_hidden()
    plain.locator(".without-search").click()
    plain.locator("#content").get_by_role("link", name="Is there a generated admin interface").first.click()
    expect(plain).to_have_url(re.compile(r"/by/admin/$"))


def test_on_a_phone_one_rating_is_shown_until_another_is_chosen(opened):
    plain = opened(java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]})
    plain.goto("matrix/ratings/")
    cells = plain.locator("tr#django td:visible")
    expect(cells).to_have_count(1)
    before = cells.inner_text()
    plain.get_by_text("Documentation", exact=True).first.click()
    expect(cells).to_have_count(1)
    assert cells.inner_text() != before


def test_nothing_is_offered_that_does_not_work(plain):
    plain.goto("")
    expect(plain.locator("[data-scheme-button]")).to_be_hidden()
    expect(plain.locator("#q")).to_be_hidden()
