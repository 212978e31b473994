"""Everything can be reached and used with the keyboard, and one sees where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PAGES, focus

FOCUSED = """() => {
    const element = document.activeElement;
    const shown = element.matches("input[type=checkbox]") ? element.nextElementSibling : element;
    const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
    const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]]
        .map(([x, y]) => document.elementFromPoint(box.left + x * box.width, box.top + y * box.height));
    return {
        is: element === document.body ? "" : `${element.tagName} ${element.textContent.trim().slice(0, 30)}`,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: points.some((found) => found && (shown.contains(found) || found.contains(shown))),
    };
}"""


def stops(page: Page, key: str, count: int) -> list[dict[str, object]]:
    """Press the key and return where the focus is, again and again, until it leaves the page."""
    found = []
    for _ in range(count):
        page.keyboard.press(key)
        found.append(page.evaluate(FOCUSED))
        if not found[-1]["is"]:
            return found[:-1]
    return found


@pytest.mark.parametrize("name", [name for name in PAGES if name != "method" and not name.endswith("in a frame")])
def test_the_first_stop_is_the_skip_link_and_it_leads_to_the_content(page, name):
    page.goto(PAGES[name])
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#content').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("name", "least"), [("home", 50), ("pair", 60), ("compare", 60), ("matrix", 60), ("contribute", 25)]
)
def test_the_focus_is_seen_at_every_stop(page, name, least):
    page.goto(PAGES[name])
    forth = stops(page, "Tab", 90)
    back = stops(page, "Shift+Tab", 70)
    assert len(forth) >= least
    assert [stop["is"] for stop in forth + back if not stop["outlined"]] == []
    assert [stop["is"] for stop in forth + back if not stop["seen"]] == []


def test_the_focus_in_a_wide_matrix_is_not_under_its_headings(page):
    page.goto("matrix/frameworks/#websockets")
    focus(page.locator("#websockets td:nth-child(15) a"))
    back = stops(page, "Shift+Tab", 60)
    assert len(back) == 60
    assert [stop["is"] for stop in back if not stop["seen"]] == []


def test_the_menu_opens_and_closes_on_a_phone(phone):
    phone.goto("frameworks/django/")
    menu, button = phone.locator("#menu"), phone.get_by_role("button", name="Menu")
    expect(menu).to_be_hidden()
    focus(button)
    phone.keyboard.press("Enter")
    expect(menu).to_be_visible()
    phone.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Guide")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    menu.get_by_role("link", name="Guide", exact=True).click()
    expect(phone).to_have_url(re.compile(r"/guide/$"))


def test_the_menu_says_where_one_is(page):
    page.goto("frameworks/django/")
    expect(page.locator("#menu [aria-current]")).to_have_text("Frameworks")
    page.goto("stacks/")
    expect(page.locator('#menu [aria-current="page"]')).to_have_text("Stacks")


def test_matrix_tools_work_with_the_keyboard(page):
    page.goto("matrix/frameworks/")
    field = page.get_by_label("Filter criteria")
    for _ in range(30):
        page.keyboard.press("Tab")
        if field.evaluate("element => element === document.activeElement"):
            break
    expect(field).to_be_focused()
    page.keyboard.type("websocket")
    expect(page.locator("tr[data-row]:not(.filtered-out)")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Only where they differ")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-row].filtered-out")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("value", "django")
    page.keyboard.press("Space")
    expect(page.locator("thead th[data-column]:visible")).to_have_count(1)
    expect(page).to_have_url(re.compile("show=django$"))


def test_a_wide_table_scrolls_with_the_keyboard(page):
    page.goto("matrix/frameworks/")
    region = page.locator(".scroll").first
    focus(region)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.scroll').scrollLeft > 50")
    expect(region).to_have_attribute("role", "region")
    expect(region).to_have_attribute("aria-label", re.compile(r"\w+"))


def test_ratings_sort_with_the_keyboard(page):
    page.goto("matrix/ratings/")
    focus(page.locator("th[data-key=documentation] button"))
    page.keyboard.press("Enter")
    expect(page.locator("th[data-key=documentation]")).to_have_attribute("aria-sort", "descending")
