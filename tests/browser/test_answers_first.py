"""The answer first: what the first page asks, lists that are filtered, wide tables seen at once and passed by."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, focus


def test_the_first_page_leads_straight_to_the_use_case(page):
    page.goto("")
    page.get_by_label("I build").select_option("internal-tools")
    page.get_by_role("button", name="See the ranking").click()
    expect(page).to_have_url(re.compile(r"/guide/internal-tools/$"))


def test_the_first_page_leads_straight_to_the_pair(page):
    page.goto("")
    page.get_by_label("Compare", exact=True).select_option("django-rest-framework")
    page.get_by_label("and", exact=True).select_option("django-ninja")
    page.get_by_role("button", name="See both").click()
    expect(page).to_have_url(re.compile(r"/compare/django-ninja-vs-django-rest-framework/$"))


def test_the_second_of_a_pair_is_of_the_kind_of_the_first(page):
    page.goto("")
    page.get_by_label("Compare", exact=True).select_option("celery")
    second = page.get_by_label("and", exact=True)
    expect(second.locator("option[value=django]")).to_be_disabled()
    expect(second.locator("option[value=celery]")).to_be_disabled()
    assert second.evaluate("field => field.selectedOptions[0].dataset.kind") == "task-queues"


def test_the_first_page_says_whether_one_is_alive(page):
    page.goto("")
    page.get_by_label("Is", exact=True).select_option("faust")
    page.get_by_role("button", name="See its health").click()
    expect(page).to_have_url(re.compile(r"/task-queues/faust/#health$"))


@pytest.mark.parametrize("url", ["", "matrix/ratings/"])
def test_the_ratings_fit_beside_each_other(opened, url):
    page = opened(viewport={"width": 1100, "height": 900})
    page.goto(url)
    room = page.locator(".scroll:has(> .rated)")
    assert room.evaluate("room => room.scrollWidth <= room.clientWidth + 1")


def test_a_list_is_filtered_and_the_address_says_how(page, real):
    page.goto("frameworks/")
    rows = page.locator("table[data-listing] tbody tr:visible")
    expect(rows).to_have_count(len(real.of_kind("frameworks")))
    page.get_by_label("Language").select_option("Python")
    python = [entry for entry in real.of_kind("frameworks") if entry.record.language == "Python"]
    expect(rows).to_have_count(len(python))
    expect(page).to_have_url(re.compile(r"\?language=Python$"))
    page.reload()
    expect(rows).to_have_count(len(python))


def test_health_sorts_by_the_age_of_the_release(page):
    page.goto("matrix/health/")
    page.locator("th[data-key=frameworks-released] button").click()
    expect(page).to_have_url(re.compile(r"\?sort=-frameworks-released$"))
    days = page.locator(".maintenance").first.evaluate(
        "table => [...table.querySelectorAll('tbody tr')].map((row) => Number(row.children[2].dataset.figure))"
    )
    assert days == sorted(days, reverse=True)
    assert len(set(days)) > 3


def test_symbols_alone_show_every_column_at_once(page):
    page.goto("matrix/frameworks/")
    room = page.locator(".scroll")
    assert room.evaluate("room => room.scrollWidth > room.clientWidth + 100")
    page.get_by_text("Symbols only").click()
    assert room.evaluate("room => room.scrollWidth <= room.clientWidth + 1")
    assert page.locator("[id='admin--django'] a").inner_text().strip(), "the word is still there for those who listen"


def test_the_keyboard_passes_a_wide_table(page):
    page.goto("matrix/frameworks/")
    past = page.locator(".past")
    focus(past)
    expect(past).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('.matrix').contains(document.activeElement)")
    assert page.evaluate(
        "document.querySelector('.matrix').compareDocumentPosition(document.activeElement)"
        " & Node.DOCUMENT_POSITION_FOLLOWING"
    )


def test_what_is_copied_from_a_table_has_no_letters_of_tiles(page):
    page.goto("matrix/ratings/")
    copied = page.evaluate(
        """() => {
            const range = document.createRange();
            range.selectNode(document.querySelector("tr#django"));
            getSelection().addRange(range);
            return getSelection().toString();
        }"""
    )
    assert "Django" in copied
    assert "Dj" not in copied.split()


def test_six_items_fit_beside_the_search(opened):
    page = opened(viewport={"width": 1000, "height": 800})
    page.goto("")
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.locator("#menu li:visible")).to_have_count(6)
    bottom = page.locator("#menu li:visible").evaluate_all("items => new Set(items.map((i) => i.offsetTop)).size")
    assert bottom == 1


@pytest.mark.parametrize(
    ("url", "item"),
    [("orms/sqlalchemy/", "Libraries"), ("behaviour/csrf/", "Tables"), ("coming-from/spring/", "Guide")],
)
def test_the_menu_says_what_a_page_belongs_to(page, url, item):
    page.goto(url)
    expect(page.locator("#menu li:not(.further) [aria-current]")).to_have_text(item)


def test_tiles_of_a_chart_do_not_cover_each_other(page):
    for url in ("frameworks/by/size/", "code/"):
        page.goto(url)
        boxes = page.locator(".plot rect").evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
        assert len(boxes) > 10
        for at, one in enumerate(boxes):
            for other in boxes[:at]:
                apart_x = abs(one["x"] - other["x"]) >= one["width"] - 1
                apart_y = abs(one["y"] - other["y"]) >= one["height"] - 1
                assert apart_x or apart_y, url


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_measure_is_a_picture_on_a_desk_and_bars_on_a_phone(opened, size):
    page = opened(viewport={"width": size[0], "height": size[1]})
    page.goto("frameworks/by/memory/")
    expect(page.locator(".strip-plot")).to_be_visible(visible=size == DESK)
    expect(page.locator(".measured .bar").first).to_be_visible()
