"""Choosing, filtering and sorting in tables; the address says what is shown."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE


def columns(page: Page) -> list[str]:
    """Return the ids of the columns that are shown."""
    return page.evaluate(
        """[...document.querySelectorAll("table[data-matrix] thead th[data-column]")]
            .filter((head) => getComputedStyle(head).display !== "none").map((head) => head.dataset.column)"""
    )


def rows(page: Page) -> list[str]:
    """Return the ids of the rows that are shown."""
    return page.evaluate(
        """[...document.querySelectorAll("tr[data-row]")]
            .filter((row) => getComputedStyle(row).display !== "none").map((row) => row.id)"""
    )


def status(page: Page) -> str:
    """Return what the tools say."""
    return page.locator(".tools [role=status]").inner_text()


@pytest.fixture
def frameworks(real) -> int:
    """Return how many frameworks there are."""
    return len(real.of_kind("frameworks"))


@pytest.fixture
def questions(real) -> int:
    """Return how many criteria are asked of frameworks."""
    return len(real.kinds["frameworks"].criteria)


def test_the_address_chooses_columns(page, frameworks, questions):
    page.goto("matrix/frameworks/?show=django,fastapi")
    assert columns(page) == ["django", "fastapi"]
    assert len(rows(page)) == questions
    assert status(page) == f"{questions} of {questions} criteria, 2 of {frameworks} entries"
    visible = page.locator("#websockets td:visible")
    expect(visible).to_have_count(2)


def test_names_that_are_unknown_are_passed_over(page, frameworks):
    page.goto("matrix/frameworks/?show=django,nonesuch,<b>")
    assert columns(page) == ["django"]
    page.goto("matrix/frameworks/?show=nonesuch")
    assert len(columns(page)) == frameworks


def test_the_address_follows_what_is_chosen(page):
    page.goto("matrix/frameworks/")
    assert "?" not in page.url
    page.get_by_text("Choose entries").click()
    page.locator(".tools label", has_text="Litestar").click()
    page.locator(".tools label", has_text="Quart").click()
    assert columns(page) == ["quart", "litestar"]
    expect(page).to_have_url(re.compile(r"\?show=litestar,quart$"))
    page.reload()
    assert columns(page) == ["quart", "litestar"]
    page.locator(".tools summary", has_text="Choose entries").click()
    page.locator(".tools label", has_text="Litestar").click()
    assert columns(page) == ["quart"]
    expect(page).to_have_url(re.compile(r"\?show=quart$"))


def test_only_where_they_differ(page):
    page.goto("matrix/frameworks/?show=django,flask")
    before = len(rows(page))
    page.get_by_role("button", name="Only where they differ").click()
    shown = rows(page)
    assert 0 < len(shown) < before
    expect(page).to_have_url(re.compile("differ=1"))
    values = page.evaluate(
        """(ids) => ids.map((id) => ["django", "flask"].map((entry) =>
            document.getElementById(`${id}--${entry}`)?.dataset.value))""",
        shown,
    )
    assert all(first != second for first, second in values)
    groups = page.locator("tbody:visible")
    for index in range(groups.count()):
        assert groups.nth(index).locator("tr[data-row]:visible").count() > 0, "a heading stands over nothing"
    page.reload()
    assert rows(page) == shown
    page.get_by_role("button", name="Only where they differ").click()
    assert len(rows(page)) == before
    expect(page).not_to_have_url(re.compile("differ"))


def test_filter_and_reset(page, frameworks, questions):
    page.goto("matrix/frameworks/?show=django,flask,quart&differ=1#websockets")
    page.get_by_label("Filter criteria").fill("async")
    shown = rows(page)
    assert 0 < len(shown) < questions
    expect(page).to_have_url(re.compile("filter=async#websockets$"))
    page.get_by_role("button", name="Show all").click()
    assert len(columns(page)) == frameworks
    assert len(rows(page)) == questions
    expect(page).to_have_url(re.compile("matrix/frameworks/#websockets$"))
    expect(page.get_by_label("Filter criteria")).to_have_value("")


def test_a_filter_that_nothing_fits_says_so(page):
    page.goto("matrix/frameworks/?filter=xyzzy")
    assert rows(page) == []
    assert status(page).startswith("0 of ")


def test_headings_stay_in_view(page):
    page.goto("matrix/frameworks/")
    page.evaluate("document.querySelector('.scroll').scrollTo(900, 900)")
    boxes = page.evaluate(
        """(() => {
            const box = (selector) => document.querySelector(selector).getBoundingClientRect();
            const scroll = box(".scroll"), corner = box("table thead th");
            const heads = [...document.querySelectorAll("tr[data-row] th")];
            const rows = new Set(heads.map((head) => head.getBoundingClientRect().left));
            return {scroll: [scroll.left, scroll.top], corner: [corner.left, corner.top], rows: [...rows]};
        })()"""
    )
    assert boxes["corner"] == pytest.approx(boxes["scroll"], abs=2)
    assert boxes["rows"] == [pytest.approx(boxes["scroll"][0], abs=2)]


def test_a_cell_leads_to_its_fact(page):
    page.goto("matrix/frameworks/?show=django,fastapi")
    page.locator("[id='websockets--fastapi'] a").click()
    expect(page).to_have_url(re.compile(r"/frameworks/fastapi/#websockets$"))
    expect(page.locator("tr#websockets")).to_be_in_viewport()


def test_a_cell_has_an_address(page):
    page.goto("matrix/frameworks/#websockets--quart")
    cell = page.locator("[id='websockets--quart']")
    expect(cell).to_be_in_viewport()
    assert cell.evaluate("cell => getComputedStyle(cell).backgroundColor") != page.locator(
        "[id='websockets--flask']"
    ).evaluate("cell => getComputedStyle(cell).backgroundColor")
    left = cell.evaluate("cell => cell.getBoundingClientRect().left")
    head = page.locator("#websockets th").evaluate("head => head.getBoundingClientRect().right")
    assert left >= head - 1, "the cell lies under the first column"


def test_a_phone_shows_two_columns_with_two_fields(phone):
    phone.goto("matrix/frameworks/")
    first, second = phone.get_by_label("First entry"), phone.get_by_label("Second entry")
    expect(first).to_be_visible()
    cells = phone.locator("#websockets td:visible")
    expect(cells).to_have_count(2)
    left, right = (cells.nth(index).bounding_box() for index in (0, 1))
    assert left
    assert right
    assert left["y"] == pytest.approx(right["y"], abs=2), "they stand side by side"
    assert left["x"] + left["width"] <= right["x"]
    assert right["x"] + right["width"] <= PHONE[0]
    second.select_option("litestar")
    first.select_option("tornado")
    expect(phone).to_have_url(re.compile(r"\?show=(tornado,litestar|litestar,tornado)$"))
    expect(phone.locator("[id='websockets--litestar']")).to_be_visible()
    expect(phone.locator("[id='websockets--tornado']")).to_be_visible()
    expect(first.locator("option[value=litestar]")).to_be_disabled()
    expect(second.locator("option[value=tornado]")).to_be_disabled()
    first.select_option("sanic")
    second.select_option("django")
    assert [first.input_value(), second.input_value()] == ["django", "sanic"], "they stand in the order of the columns"
    expect(first.locator("option[value=django]")).to_be_enabled()
    phone.locator("#docs-tutorial").scroll_into_view_if_needed()
    expect(first).to_be_in_viewport()


def test_a_phone_goes_to_the_row_that_the_address_names(phone):
    phone.goto("matrix/frameworks/#docs-tutorial")
    row = phone.locator("#docs-tutorial")
    expect(row).to_be_in_viewport()
    covered = phone.locator(".pair-fields").evaluate("fields => fields.getBoundingClientRect().bottom")
    assert row.evaluate("row => row.getBoundingClientRect().top") >= covered - 1, "the row lies under the two fields"


def test_a_phone_shows_every_value_of_the_row_that_the_address_names(phone, frameworks):
    phone.goto("matrix/frameworks/#docs-tutorial")
    expect(phone.locator("#docs-tutorial td:visible")).to_have_count(frameworks)


def test_a_phone_shows_the_cell_that_the_address_names(phone):
    phone.goto("matrix/frameworks/#websockets--nameko")
    expect(phone.locator("[id='websockets--nameko']")).to_be_in_viewport()
    phone.goto("matrix/frameworks/?filter=nothing-of-the-kind#websockets--django")
    expect(phone.locator("[id='websockets--django']")).to_be_in_viewport()


def test_a_phone_shows_all_entries_as_cards_when_asked(phone, frameworks):
    phone.goto("matrix/frameworks/")
    phone.get_by_role("button", name="Show all").click()
    cells = phone.locator("#websockets td:visible")
    expect(cells).to_have_count(frameworks)
    names = phone.evaluate(
        """[...document.querySelectorAll("#websockets td")]
            .map((cell) => getComputedStyle(cell, "::before").content.replaceAll('"', ""))"""
    )
    assert "Django REST framework" in names
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def order(page: Page) -> list[float]:
    """Return the figures of the column sorted by, from the top."""
    return page.evaluate(
        """(() => {
            const heads = [...document.querySelectorAll("table[data-matrix] thead th")];
            const index = heads.findIndex((head) => head.ariaSort);
            const rows = [...document.querySelectorAll("table[data-matrix] tbody tr")];
            return rows.map((row) => Number(row.children[index].dataset.figure));
        })()"""
    )


def test_ratings_sort_and_the_address_says_how(page):
    page.goto("matrix/ratings/")
    names = page.locator("table[data-matrix] tbody th").all_inner_texts()
    head = page.locator("th[data-key=built-in-features]")
    assert page.locator("[aria-sort]").count() == 0
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(re.compile(r"\?sort=-built-in-features$"))
    figures = order(page)
    assert figures == sorted(figures, reverse=True)
    assert len(set(figures)) > 3
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile(r"\?sort=built-in-features$"))
    measured = [figure for figure in order(page) if figure >= 0]
    assert measured == sorted(measured)
    page.reload()
    expect(page.locator("th[data-key=built-in-features]")).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    assert page.locator("[aria-sort]").count() == 0
    expect(page).to_have_url(re.compile("matrix/ratings/$"))
    assert page.locator("table[data-matrix] tbody th").all_inner_texts() == names


def test_another_column_takes_the_sign_over(page):
    page.goto("matrix/ratings/?sort=-type-safety")
    page.locator("th[data-key=documentation] button").click()
    expect(page.locator("[aria-sort]")).to_have_count(1)
    expect(page.locator("th[data-key=documentation]")).to_have_attribute("aria-sort", "descending")
