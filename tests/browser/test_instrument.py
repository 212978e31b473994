"""Matrices as instruments: several keys, filters, chosen rows, an exchange of rows and columns, copies; all shared."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, focus
from tests.browser.test_matrix import columns, rows, status
from tests.browser.test_pages import too_wide, violations

TONES = ["supported", "external", "limited", "neutral", "muted", "none"]


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the button or field with this name has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if (
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
            == name
        ):
            return
    raise AssertionError(f"Tab never came to {name!r}")


def tones(page: Page, entry: str) -> list[list[int]]:
    """Return the rank of the tones of a column from the top, group by group."""
    return page.evaluate(
        """([entry, tones]) => [...document.querySelectorAll("table[data-matrix] tbody")].map((body) =>
            [...body.querySelectorAll(`td[data-column="${entry}"]`)].sort((one, other) =>
                one.getBoundingClientRect().top - other.getBoundingClientRect().top).map((cell) => {
                if (!cell.dataset.value) return tones.length;
                return tones.findIndex((tone) => cell.querySelector(".value")?.classList.contains(tone));
            }))""",
        [entry, TONES],
    )


def test_columns_sort_by_keyboard_and_shift_adds_a_key(page):
    page.goto("matrix/async/")
    tab_to(page, "Sort by Django")
    page.keyboard.press("Enter")
    head = page.locator("th[data-column=django]")
    expect(head).to_have_attribute("aria-sort", "descending")
    for group in tones(page, "django"):
        assert group == sorted(group)
    tab_to(page, "Sort by FastAPI")
    page.keyboard.press("Shift+Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(re.compile(r"\?sort=-django,-fastapi$"))
    assert status(page).endswith(", sorted by Django then FastAPI")
    both = list(zip(tones(page, "django")[0], tones(page, "fastapi")[0], strict=True))
    assert both == sorted(both)
    page.reload()
    assert list(zip(tones(page, "django")[0], tones(page, "fastapi")[0], strict=True)) == both
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?sort=-django$"))
    assert status(page).endswith(", sorted by Django")
    page.go_back()
    expect(page).to_have_url(re.compile(r"matrix/async/$"))
    expect(page.locator("[aria-sort]")).to_have_count(0)
    page.go_forward()
    expect(head).to_have_attribute("aria-sort", "descending")


FROM_THE_TOP = """() => {
    const rows = [...document.querySelectorAll("tr[data-row]:not(.filtered-out)")];
    const top = (row) => row.getBoundingClientRect().top;
    return rows.sort((one, other) => top(one) - top(other)).map((row) => row.id);
}"""


def test_sorted_rows_follow_in_the_document(page):
    page.goto("matrix/frameworks/")
    before = rows(page)
    page.get_by_role("button", name="Sort by Django", exact=True).click()
    shown = page.evaluate(FROM_THE_TOP)
    assert shown != before
    page.wait_for_function(
        "shown => [...document.querySelectorAll('tr[data-row]')].map((row) => row.id).join() === shown",
        arg=",".join(shown),
    )


def test_tab_walks_through_sorted_rows_as_they_are_shown(page):
    page.add_init_script("window.late = []; window.requestIdleCallback = (work) => window.late.push(work)")
    page.goto("matrix/frameworks/")
    with page.expect_response("**/matrix/moves.js"):
        page.mouse.move(300, 300)
    page.wait_for_function("window.late.length > 0")
    page.evaluate("window.late.splice(0).forEach((work) => work())")
    page.get_by_role("button", name="Sort by Django", exact=True).click()
    shown = page.evaluate(FROM_THE_TOP)
    assert rows(page) != shown
    page.keyboard.press("Tab")
    assert rows(page) == shown


def test_rows_that_come_back_are_all_there(page):
    page.goto("matrix/frameworks/")
    before = rows(page)
    page.get_by_label("Filter criteria").fill("async")
    assert 0 < len(rows(page)) < len(before)
    page.get_by_label("Filter criteria").fill("")
    page.wait_for_function(f"document.querySelectorAll('tr[data-row]:not(.filtered-out)').length === {len(before)}")
    assert page.evaluate(FROM_THE_TOP) == before


def test_rows_and_columns_change_places_and_then_criteria_sort_the_entries(page, real):
    page.goto("matrix/async/")
    before = rows(page)
    page.get_by_role("button", name="Exchange rows and columns").click()
    expect(page).to_have_url(re.compile(r"\?flip=1$"))
    heads = page.locator("table[data-matrix] thead th[id]")
    assert heads.evaluate_all("heads => heads.map((head) => head.id)") == before
    names = page.locator("table[data-matrix] tbody th bdi")
    expect(names).to_have_count(len(real.of_kind("frameworks")))
    head = page.locator("th#async-handlers")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    first = names.first.inner_text()
    cell = page.locator("table[data-matrix] tbody tr").first.locator("td[id^='async-handlers--']")
    expect(cell.locator(".value")).to_have_class(re.compile("supported"))
    page.get_by_role("button", name="Exchange rows and columns").click()
    expect(page.locator("table[data-matrix] thead bdi").first).to_have_text(first)
    assert rows(page) == before
    page.go_back()
    expect(page.locator("th#async-handlers")).to_have_attribute("aria-sort", "descending")


def test_an_exchanged_table_is_opened_from_its_address_with_its_row(page):
    page.goto("matrix/async/?flip=1&show=django,flask#async-handlers")
    expect(page.locator("th#async-handlers")).to_be_in_viewport()
    expect(page.locator("table[data-matrix] tbody tr:visible")).to_have_count(2)


def test_entries_are_filtered_by_keyboard(page, real):
    page.goto("matrix/frameworks/")
    tab_to(page, "Filter entries")
    page.keyboard.press("Enter")
    tab_to(page, "Language")
    page.keyboard.press("ArrowDown")
    entries = real.of_kind("frameworks")
    languages = sorted({entry.record.language for entry in entries})
    first = {entry.id for entry in entries if entry.record.language == languages[0]}
    assert set(columns(page)) == first
    expect(page).to_have_url(re.compile(rf"\?language={languages[0]}$"))
    page.get_by_label("Language").select_option("")
    page.get_by_label("Criterion", exact=True).select_option("async-orm")
    page.get_by_label("Answer").select_option("third-party")
    third = {e.id for e in entries if "async-orm" in e.facts and e.facts["async-orm"].value == "third-party"}
    assert set(columns(page)) == third
    expect(page).to_have_url(re.compile(r"\?with=async-orm:[a-z-]+$"))
    page.reload()
    assert set(columns(page)) == third
    page.get_by_text("Filter entries").click()
    page.get_by_role("button", name="Async database queries: third-party: no longer asked for").click()
    assert len(columns(page)) == len(entries)


def test_entries_are_filtered_by_rating_and_status(page, real):
    page.goto("matrix/frameworks/?rated=documentation:4&status=active")
    shown = columns(page)
    assert 0 < len(shown) < len(real.of_kind("frameworks"))
    assert all(real.entries[name].status.word == "active" for name in shown)
    marks = page.locator("thead th[data-column]:visible").evaluate_all("heads => heads.map((h) => h.dataset.ratings)")
    assert all(float(re.search(r"documentation=([\d.]+)", text)[1]) >= 4 for text in marks)


def test_criteria_are_chosen_by_keyboard(page):
    page.goto("matrix/async/")
    before = rows(page)
    tab_to(page, "Choose criteria")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?rows=[a-z-]+$"))
    assert len(rows(page)) == 1
    page.get_by_role("button", name="Show all").click()
    assert rows(page) == before


def test_sorting_without_the_head_of_the_table(phone):
    phone.goto("matrix/async/?show=django,fastapi")
    phone.get_by_text("Sort", exact=True).click()
    phone.get_by_label("Sort by", exact=True).select_option("django")
    phone.get_by_label("Sort by", exact=True).select_option("fastapi")
    expect(phone).to_have_url(re.compile(r"sort=-django,-fastapi$"))
    both = list(zip(tones(phone, "django")[0], tones(phone, "fastapi")[0], strict=True))
    assert both == sorted(both)
    phone.get_by_role("button", name=re.compile("^Django, first to last")).click()
    expect(phone).to_have_url(re.compile(r"sort=django,-fastapi$"))


@pytest.fixture
def copier(opened) -> Page:
    """Return a page that may use the clipboard."""
    return opened(permissions=["clipboard-read", "clipboard-write"])


def test_copies_have_what_is_shown_in_its_order(copier):
    copier.goto("matrix/frameworks/?show=django,flask&differ=1&sort=-django")
    shown = rows(copier)
    copier.locator("summary", has_text=re.compile("^Copy$")).click()
    copier.get_by_role("button", name="Copy as CSV").click()
    expect(copier.get_by_role("button", name="Copied")).to_be_visible()
    text = copier.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            const parts = ["text/plain", "text/html"].map(async (type) => (await item.getType(type)).text());
            return Promise.all(parts);
        }"""
    )
    plain, html = text
    table = list(csv.reader(io.StringIO(plain, newline="")))
    assert [name.split(" ")[0] for name in table[0]] == ["Group", "Criterion", "Django", "Flask"]
    assert len(table) == len(shown) + 1
    assert html.count("<tr>") == len(table)
    names = copier.locator("tr[data-row]:visible th").all_inner_texts()
    assert [line[1] for line in table[1:]] == [" ".join(name.split()) for name in names]


def test_a_copied_link_opens_the_same_for_somebody_else(copier, opened):
    copier.goto("matrix/frameworks/")
    copier.get_by_label("Filter criteria").fill("async")
    copier.get_by_role("button", name="Sort by Django", exact=True).click()
    copier.locator("summary", has_text=re.compile("^Copy$")).click()
    copier.get_by_role("button", name="Copy link").click()
    expect(copier.get_by_role("button", name="Copied")).to_be_visible()
    fresh = opened()
    fresh.goto(copier.evaluate("navigator.clipboard.readText()"))
    assert rows(fresh) == rows(copier)
    assert status(fresh) == status(copier)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("show=django,nonesuch", "There is no entry “nonesuch”."),
        ("show=djngo", "“djngo” is read as Django."),
        ("rows=<script>alert(1)</script>", "There is no criterion “<script>alert(1)</script>”."),
        ("sort=-%00x", "There is no column to sort by “x”."),
        ("with=async-orm:nonesuch", "Nobody’s answer is “nonesuch” there."),
        ("rated=documentation:much", "A rating is a number from 0 to 5, and not “much”."),
        ("language=Cobol", "No entry has the language “Cobol”."),
        ("#websocket", "“websocket” is read as WebSocket."),
        (f"show={','.join(f'n{at}' for at in range(1000))}", "97 more"),
    ],
)
def test_a_stale_address_is_explained_and_repaired(page, query, said):
    page.goto(f"matrix/frameworks/{'' if query.startswith('#') else '?'}{query}")
    expect(page.locator(".notice")).to_contain_text(said)
    expect(page).not_to_have_url(re.compile("nonesuch|script|Cobol|much|n99"))
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".notice")).to_be_hidden()


def test_ratings_are_an_instrument_too(page, real):
    page.goto("matrix/ratings/")
    focus(page.locator("th[data-key=built-in-features] button"))
    page.keyboard.press("Enter")
    focus(page.locator("th[data-key=documentation] button"))
    page.keyboard.press("Shift+Enter")
    expect(page).to_have_url(re.compile(r"\?sort=-built-in-features,-documentation$"))
    assert status(page).endswith("sorted by Built-in features then Documentation")
    figures = page.locator("table[data-matrix] tbody tr").evaluate_all(
        """rows => rows.sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
            .map((row) => ["built-in-features", "documentation"].map((name) =>
                Number(row.querySelector(`td[id^="${name}--"]`).dataset.figure)))"""
    )
    assert figures == sorted(figures, reverse=True)
    page.get_by_label("Filter criteria").fill("document")
    expect(page.locator("table[data-matrix] thead th[data-key]:visible")).to_have_count(1)
    page.get_by_role("button", name="Exchange rows and columns").click()
    expect(page.locator("table[data-matrix] thead bdi")).to_have_count(len(real.of_kind("frameworks")))
    expect(page.locator("table[data-matrix] tbody tr:visible")).to_have_count(1)
    page.get_by_role("button", name="Exchange rows and columns").click()
    expect(page.locator("table[data-matrix] tbody tr:visible")).to_have_count(len(real.of_kind("frameworks")))


def test_a_table_without_tools_sorts_by_several_columns_and_says_so(page):
    page.goto("matrix/health/")
    focus(page.locator("th[data-key=frameworks-status] button"))
    page.keyboard.press("Enter")
    focus(page.locator("th[data-key=frameworks-releases] button"))
    page.keyboard.press("Shift+Enter")
    expect(page).to_have_url(re.compile(r"\?sort=-frameworks-status,-frameworks-releases$"))
    table = page.locator("table:has(th[data-key=frameworks-status])")
    said = page.locator("table:has(th[data-key=frameworks-status]) + p[role=status]")
    expect(said).to_have_text("Sorted by Status then Releases in 24 months.")
    figures = table.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => [1, 3].map((at) => Number(row.children[at].dataset.figure)))"
    )
    assert figures == sorted(figures, reverse=True)
    page.go_back()
    expect(said).to_have_text("Sorted by Status.")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_open_tools_are_accessible_and_fit(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("matrix/frameworks/?sort=-django,-fastapi&with=async-orm:third-party&rated=documentation:1")
    for name in ("Choose entries", "Choose criteria", "Filter entries", "Sort"):
        page.locator(".tools summary", has_text=re.compile(f"^{name}$")).click()
    assert violations(page) == []
    assert too_wide(page) == []
    page.get_by_role("button", name="Exchange rows and columns").click()
    assert violations(page) == []
    assert too_wide(page) == []
