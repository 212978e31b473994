"""Two to six entries side by side: added by typing, put in order, narrowed, shared; and what a stale address says."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, focus
from tests.browser.test_pages import NOTHING, too_wide, violations_in_both_schemes

THREE = "compare/?e=fastapi,django,litestar"
FIELD = "Add an entry to compare"


def names(page: Page) -> list[str]:
    """Return the names in the head of the table, from the left."""
    return page.locator(".compared thead bdi").all_inner_texts()


def criteria(page: Page) -> list[str]:
    """Return the criteria that are shown, from the top."""
    return page.locator(".compared tr[data-criterion]").evaluate_all("rows => rows.map((row) => row.dataset.criterion)")


def add_by_typing(page: Page, *typed: str) -> None:
    """Type into the field and take the first that is offered."""
    for words in typed:
        page.keyboard.type(words)
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")


def test_the_address_shows_three_side_by_side_and_leads_to_the_row(page, real):
    page.goto(f"{THREE}#async-orm")
    expect(page.locator(".compared thead th")).to_have_count(4)
    assert names(page) == ["FastAPI", "Django", "Litestar"]
    row = page.locator("tr[data-criterion=async-orm]")
    expect(row).to_be_in_viewport()
    expect(row).to_have_class("marked")
    for at, entry in enumerate(("fastapi", "django", "litestar")):
        fact = real.entries[entry].facts["async-orm"]
        cell = row.locator("td").nth(at)
        expect(cell.locator(".value")).to_contain_text(fact.text)
        expect(cell.locator(".value")).to_have_class(f"value {fact.meaning.tone}")
        assert cell.locator(".evidence").first.get_attribute("href") == fact.link


def test_what_differs_comes_first_and_what_agrees_can_be_hidden(page, real):
    page.goto(THREE)
    parts = page.locator(".part-row")
    expect(parts.first).to_contain_text("Where they differ")
    entries = [real.entries[name] for name in ("fastapi", "django", "litestar")]
    criteria_of_kind = real.kinds["frameworks"].criteria
    unlike = {name for name in criteria_of_kind if len({e.facts[name].value for e in entries if name in e.facts}) > 1}
    page.get_by_role("button", name="Only where they differ").click()
    expect(parts).to_have_count(1)
    assert {name for name in criteria(page) if not name.startswith("rating-")} == unlike
    expect(page).to_have_url(re.compile(r"differ=1$"))
    page.go_back()
    expect(parts).not_to_have_count(1)
    page.go_forward()
    expect(parts).to_have_count(1)


def test_entries_are_added_moved_and_removed_by_keyboard_alone(page):
    page.goto("compare/")
    field = page.get_by_role("combobox", name=FIELD)
    for _ in range(20):
        page.keyboard.press("Tab")
        if field.evaluate("element => element === document.activeElement"):
            break
    expect(field).to_be_focused()
    add_by_typing(page, "djan", "fast", "quar")
    expect(page.locator(".compared thead th")).to_have_count(4)
    assert names(page)[1:] == ["FastAPI", "Quart"]
    first = names(page)[0]
    expect(page).to_have_url(re.compile(r"\?e=[a-z-]+,fastapi,quart$"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Move {first} left")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".compared thead bdi").nth(1)).to_have_text(first)
    expect(page.get_by_role("button", name=f"Move {first} right")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".compared thead bdi").nth(2)).to_have_text(first)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Remove {first}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".compared thead th")).to_have_count(3)
    expect(field).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?e=fastapi,quart$"))
    expect(page.get_by_role("link", name="when to choose which")).to_have_attribute(
        "href", re.compile("compare/fastapi-vs-quart/$")
    )


def test_the_field_is_a_combobox(page):
    page.goto(THREE)
    expect(page.locator(".compared")).to_be_visible()
    field = page.get_by_role("combobox", name=FIELD)
    focus(field)
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    marked = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{marked}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    last = page.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert "Django" not in page.get_by_role("option", include_hidden=True).all_inner_texts()


def test_entries_are_put_in_order_by_dragging(page):
    page.goto(THREE)
    expect(page.locator(".compared")).to_be_visible()
    page.locator(".chosen li", has_text="Litestar").drag_to(page.locator(".chosen li", has_text="FastAPI"))
    expect(page.locator(".compared thead bdi").first).to_have_text("Litestar")
    expect(page).to_have_url(re.compile(r"\?e=litestar,fastapi,django$"))


def test_groups_are_chosen_by_keyboard_and_the_address_says_so(page):
    page.goto(THREE)
    summary = page.locator("summary", has_text="Choose groups")
    focus(summary)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    box = page.get_by_role("checkbox", name="Ratings")
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("tr[data-criterion^=rating-]")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Ratings")).to_be_focused()
    expect(page).to_have_url(re.compile(r"groups="))
    page.reload()
    expect(page.locator(".compared")).to_be_visible()
    expect(page.locator("tr[data-criterion^=rating-]")).to_have_count(0)


def test_the_result_is_announced(page):
    page.goto(THREE)
    said = page.locator(".comparison > [role=status].muted")
    expect(said).to_have_text(re.compile(r"^They differ in \d+ of \d+ criteria\.$"))
    page.get_by_role("button", name="Remove Litestar").click()
    expect(page.locator(".compared thead th")).to_have_count(3)
    expect(said).to_have_text(re.compile(r"^They differ in \d+ of \d+ criteria\.$"))


def test_a_shared_link_opens_the_same_for_somebody_else(opened):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.goto(THREE)
    expect(page.locator(".compared")).to_be_visible()
    page.get_by_role("button", name="Move Litestar left").click()
    page.get_by_role("button", name="Only where they differ").click()
    page.locator("summary", has_text=re.compile("^Copy$")).click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    shown = [names(page), criteria(page)]
    fresh = opened()
    fresh.goto(link)
    expect(fresh.locator(".compared")).to_be_visible()
    assert [names(fresh), criteria(fresh)] == shown
    assert names(fresh) == ["FastAPI", "Litestar", "Django"]


def test_what_is_copied_is_what_is_shown(opened):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{THREE}&differ=1")
    expect(page.locator(".compared")).to_be_visible()
    page.locator("summary", has_text=re.compile("^Copy$")).click()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0].startswith("| Part | Group | Criterion | FastAPI | Django | Litestar |")
    assert len(lines) == 2 + len(criteria(page))


@pytest.mark.parametrize(
    ("query", "said", "shown"),
    [
        ("e=fastapi,nonesuch,flask", "There is no entry “nonesuch”.", ["FastAPI", "Flask"]),
        ("e=fastapi,celery,flask", "Celery: left out", ["FastAPI", "Flask"]),
        ("e=fastap,flask,djngo", "is read as Django.", ["FastAPI", "Flask", "Django"]),
        ("e=fastapi,flask,<script>alert(1)</script>", "“<script>alert(1)</script>”", ["FastAPI", "Flask"]),
        ("e=fastapi,flask,%00%00x", "There is no entry “x”.", ["FastAPI", "Flask"]),
        ("e=fastapi,flask,%,%zz,%E0%A4%A", "There is no entry", ["FastAPI", "Flask"]),
        ("e=fastapi,flask&groups=nonesuch", "There is no group “nonesuch”.", ["FastAPI", "Flask"]),
        ("e=fastapi,flask#async-orms", "is read as Async database queries", ["FastAPI", "Flask"]),
        ("e=fastapi,flask#nonesuch-at-all", "There is no criterion “nonesuch-at-all”.", ["FastAPI", "Flask"]),
        ("e=django,fastapi,flask,quart,sanic,tornado,starlette", "At most 6", None),
        (f"e=django,fastapi,{','.join(f'n{at}' for at in range(1000))}", "95 more", ["Django", "FastAPI"]),
    ],
)
def test_a_stale_address_is_explained_and_repaired(page, query, said, shown):
    page.goto(f"compare/?{query}")
    expect(page.locator(".notice")).to_contain_text(said)
    if shown:
        expect(page.locator(".compared thead th")).to_have_count(len(shown) + 1)
        assert names(page) == shown
    expect(page).not_to_have_url(re.compile("nonesuch,|script|celery"))


def test_an_address_that_names_nothing_known_breaks_nothing(page):
    page.goto("compare/?e=<img src=x onerror=alert(1)>")
    expect(page.locator(".notice")).to_contain_text("There is no entry")
    expect(page.locator(".compared")).to_have_count(0)
    page.goto("compare/?e=django")
    expect(page.locator(".comparison")).to_contain_text("Django alone: add at least one more")


def test_data_that_cannot_be_read_is_said(opened):
    page = opened()
    page.route("**/compare/frameworks/*.json", lambda route: route.fulfill(body="{", content_type="application/json"))
    page.goto(THREE)
    expect(page.locator(".comparison")).to_contain_text("could not be read")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_comparison_is_accessible_and_fits(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("compare/?e=django-rest-framework,fastapi,nameko,litestar,nonesuch")
    expect(page.locator(".compared")).to_be_visible()
    page.locator("summary", has_text="Choose groups").click()
    page.get_by_role("combobox", name=FIELD).fill("s")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations_in_both_schemes(page) == NOTHING
    assert too_wide(page) == []


def test_a_phone_says_whose_value_it_is_and_works_by_keyboard(phone):
    phone.goto("compare/")
    focus(phone.get_by_role("combobox", name=FIELD))
    add_by_typing(phone, "flask", "fastap", "tornad")
    cells = phone.locator("tr[data-criterion=websockets] td")
    expect(cells).to_have_count(3)
    said = cells.evaluate_all("cells => cells.map((cell) => getComputedStyle(cell, '::before').content)")
    assert [name.strip('"') for name in said] == ["Flask", "FastAPI", "Tornado"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_without_javascript_the_page_leads_to_the_pairs(opened):
    plain = opened(java_script_enabled=False)
    plain.goto(THREE)
    expect(plain.get_by_role("combobox", name=FIELD)).to_have_count(0)
    expect(plain.locator(".pair-grid a[href$='compare/django-vs-fastapi/']").first).to_be_visible()


def test_nothing_moves_when_a_comparison_opens(page):
    page.add_init_script(
        """window.shifted = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    page.goto(THREE)
    expect(page.locator(".compared")).to_be_visible()
    assert page.evaluate("window.shifted") <= 0.02
    assert "e=fastapi,django,litestar" in unquote(page.url)
