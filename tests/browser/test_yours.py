"""The page of own weights: what one chooses is ranked at once, kept in the address, and can be taken away."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import DESK, PHONE, focus, rest
from tests.browser.test_pages import NOTHING, too_wide, unfold, violations, violations_in_both_schemes
from tests.conftest import NAME
from tools import preview

URL = "guide/yours/"
MOST_SCRIPT = 30 * 1024
"""Bytes of all scripts of the page that no other page has, packed with gzip."""
ROWS = """() => [...document.querySelectorAll("table.ranking > tbody > tr")].map((row) =>
    [".place", "th bdi", ".points", ".draws", ".draws:last-child"]
        .map((part) => row.querySelector(part).innerText.trim()))
"""


CHOSEN = """[...document.querySelectorAll(".yours :is(select, input)")]
    .map((field) => [field.id, field.value, field.checked])
"""


def packed(rows: list[list[str]]) -> str:
    """Return rows as the browser writes them."""
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def start(page: Page, query: str = "") -> list[list[str]]:
    """Open the page and return its ranking, once there is one."""
    page.goto(f"{URL}{query}")
    expect(page.locator(".yours-answer")).not_to_be_empty()
    return page.evaluate(ROWS)


@pytest.mark.parametrize("case", ["rest-api", "async-orm", "real-time", "full-stack-crud"])
def test_a_use_case_is_ranked_as_on_its_own_page(page, case):
    page.goto(f"guide/{case}/")
    fixed = page.evaluate(ROWS)
    page.get_by_role("link", name="Weigh it yourself").click()
    expect(page).to_have_url(re.compile(rf"/guide/yours/\?case={case}$"))
    expect(page.locator("table.ranking")).to_be_visible()
    assert page.evaluate(ROWS) == fixed
    assert fixed


def test_the_ranking_stands_above_the_fold_of_a_desk(page):
    start(page, "?case=rest-api")
    row = page.locator("table.ranking tbody tr").nth(2).bounding_box()
    assert row
    assert row["y"] + row["height"] < DESK[1]


def test_a_weight_is_changed_with_the_keyboard_and_everything_follows(page):
    before = start(page, "?case=rest-api")
    field = page.get_by_label("Validation", exact=True)
    focus(field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("40")
    expect(page).to_have_url(re.compile(r"\?case=rest-api&w=validation:40$"))
    expect(field).to_be_focused()
    page.wait_for_function(f"before => JSON.stringify(({ROWS})()) !== before", arg=packed(before))
    expect(page.get_by_role("status").filter(has_text="First: ")).to_have_text(
        page.locator(".yours-answer").inner_text()
    )
    page.keyboard.press("ArrowUp")
    expect(page).to_have_url(re.compile(r"w=validation:41$"))


def test_a_half_typed_number_does_no_harm(page):
    before = start(page, "?case=rest-api")
    field = page.get_by_label("Validation", exact=True)
    field.fill("")
    assert page.evaluate(ROWS) == before
    field.fill("-3")
    assert page.evaluate(ROWS) == before
    field.fill("0")
    expect(page).to_have_url(re.compile(r"w=validation:0$"))
    expect(field).to_have_value("0")


def test_everything_is_reached_with_the_keyboard_in_the_order_of_the_page(page):
    start(page, "?case=async-api")
    found = []
    focus(page.locator("#yours-case"))
    for _ in range(200):
        found.append(page.evaluate("document.activeElement.closest('.yours') && document.activeElement.outerHTML"))
        if not found[-1]:
            break
        page.keyboard.press("Tab")
    texts = " ".join(filter(None, found))
    places = [texts.index(mark) for mark in ("yours-case", "checkbox", "yours-add-need", "yours-confirmed")]
    places += [texts.index(mark) for mark in ('type="number"', "yours-add-weight", "sum-", "Download: ")]
    assert places == sorted(places)
    fields = page.evaluate("document.querySelectorAll('.yours :is(a[href], button, input, select, summary)').length")
    hidden = page.evaluate(
        "[...document.querySelectorAll('.yours :is(a[href], button, input, select, summary)')]"
        ".filter((element) => !element.checkVisibility()).length"
    )
    assert len(found) - 1 == fields - hidden


def test_a_sum_opens_and_stays_open_while_weights_change(page):
    start(page, "?case=rest-api")
    summary = page.locator("table.ranking summary").first
    focus(summary)
    page.keyboard.press("Enter")
    name = page.locator("table.ranking tbody th bdi").first.inner_text()
    sums = page.locator("table.sum:visible")
    expect(sums).to_have_count(1)
    points = [float(text.split()[0]) for text in sums.locator("tbody td:last-child").all_inner_texts()]
    assert sum(points) == pytest.approx(float(sums.locator("tfoot td").last.inner_text()), abs=0.05 * len(points))
    page.get_by_label("CORS", exact=True).fill("3")
    expect(page).to_have_url(re.compile("cors:3"))
    expect(page.locator("details[open]").locator("xpath=ancestor::tr").locator("th bdi").first).to_have_text(name)


def test_must_haves_exclude_with_the_reason(page):
    before = start(page, "?case=rest-api")
    page.get_by_label("Must it include an ORM?").select_option("yes, built in")
    expect(page).to_have_url(re.compile(r"need=orm:built-in$"))
    expect(page.locator("#excluded + ul li").filter(has_text="ORM: ").first).to_be_visible()
    assert 0 < len(page.evaluate(ROWS)) < len(before)
    page.get_by_role("group", name="ORM").get_by_role("checkbox", name="third-party").check()
    expect(page).to_have_url(re.compile(r"need=orm:built-in,third-party$"))
    expect(page.get_by_label("Must it include an ORM?")).to_have_value("own")
    page.get_by_label("Must it include an ORM?").select_option("it does not matter")
    expect(page).to_have_url(re.compile(r"case=rest-api$"))
    expect(page.locator("table.ranking > tbody > tr")).to_have_count(len(before))


def test_a_must_have_and_a_weight_are_added(page):
    start(page)
    page.get_by_label("Another weight …").select_option("Rating: Documentation")
    page.locator("#yours-add-weight + button").click()
    expect(page.locator("#yours-weight-documentation")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/yours/\?w=documentation:3$"))
    page.get_by_label("Another must-have …").select_option("WebSocket")
    page.locator("#yours-add-need + button").click()
    expect(page).to_have_url(re.compile(r"need=websockets:[a-z,-]+&w=documentation:3$"))
    expect(page.locator("table.ranking")).to_be_visible()
    expect(page.get_by_role("group", name="WebSocket").get_by_role("checkbox").first).to_be_focused()


def test_evidence_and_age_exclude(page):
    start(page, "?case=rest-api&need=orm:built-in")
    page.get_by_label("Confirmed by").select_option("run")
    expect(page).to_have_url(re.compile("confirmed=run"))
    expect(page.locator("#excluded + ul")).to_contain_text("which no run confirms")
    page.get_by_label("Last release").select_option("180")
    expect(page).to_have_url(re.compile("released=180"))
    expect(page.locator("#excluded + ul")).to_contain_text("days old")


def test_back_and_forward(page):
    first = start(page, "?case=rest-api")
    page.locator("#yours-case").select_option("real-time")
    expect(page).to_have_url(re.compile(r"\?case=real-time$"))
    expect(page.locator(".yours-answer")).not_to_be_empty()
    page.locator("#yours-lasts").select_option("less")
    expect(page).to_have_url(re.compile("lasts=less"))
    page.go_back()
    expect(page.locator("#yours-lasts")).to_have_value("years")
    page.go_back()
    expect(page.locator("#yours-case")).to_have_value("rest-api")
    page.wait_for_function(f"first => JSON.stringify(({ROWS})()) === first", arg=packed(first))
    page.go_forward()
    expect(page.locator("#yours-case")).to_have_value("real-time")
    page.go_forward()
    expect(page.locator("#yours-lasts")).to_have_value("less")


def test_a_link_opens_the_same_in_another_profile(page, opened):
    start(page, "?case=async-api")
    page.locator("#yours-language").select_option("any")
    page.get_by_label("Must it include an ORM?").select_option("yes, or as a package")
    page.get_by_label("Async database queries", exact=True).fill("9.5")
    page.get_by_label("Last release").select_option("365")
    expect(page).to_have_url(re.compile(r"released=365.*w=async-orm:9\.5$"))
    expect(page.locator("table.ranking")).to_be_visible()
    page.wait_for_timeout(300)
    rows, address = page.evaluate(ROWS), page.url
    other = opened()
    other.goto(address)
    expect(other.locator("table.ranking")).to_be_visible()
    assert other.evaluate(ROWS) == rows
    assert other.url == address
    assert other.evaluate(CHOSEN) == page.evaluate(CHOSEN)


def test_the_decision_is_saved_and_copied(opened, base_url):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    rows = start(page, "?case=rest-api&w=cors:5")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Download: Decision record").click()
    record = saving.value.path().read_text(encoding="utf-8")
    assert saving.value.suggested_filename == "decision.md"
    assert record.startswith("---\nstatus: proposed\n")
    assert f"{base_url}guide/yours/?case=rest-api&w=cors:5&data=" in record
    assert f": {rows[0][1]}" in record
    with page.expect_download() as saving:
        page.get_by_role("button", name="Download: Table").click()
    table = list(csv.DictReader(io.StringIO(saving.value.path().read_text(encoding="utf-8"))))
    assert list(dict.fromkeys(line["entry"] for line in table)) == [row[1] for row in rows]
    page.get_by_role("button", name="Copy: Data (JSON)").click()
    expect(page.get_by_role("status").filter(has_text="Data (JSON): copied.")).to_be_visible()
    data = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert [one["name"] for one in data["ranking"]] == [row[1] for row in rows]
    page.get_by_role("button", name="Copy: Link").click()
    expect(page.get_by_role("status").filter(has_text="Link: copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.goto(data["link"])
    expect(page.locator("table.ranking")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?case=%3Cscript%3Ealert(1)%3C/script%3E", "There is no use case “<script>alert(1)</script>”"),
        ("?case=rest-api&w=%3Cimg+src=x+onerror=alert(1)%3E:3", "There is no weight “<img src=x onerror=alert(1)>”"),
        ("?case=rest-api&w=openapi:lots", "is no number"),
        ("?case=rest-api&w=openapi:-4", "is negative"),
        ("?case=rest-api&w=openapi:1000000", "was read as 50"),
        ("?case=rest-api&need=orm:nowhere", "has no value that will do"),
        ("?case=rest-api&need=__proto__:built-in", "There is no criterion “__proto__”"),
        ("?case=Rest_API", "was read as “rest-api”"),
        ("?case=rest-api&data=00000000", "The data has changed"),
        (f"?case=rest-api&w={','.join(f'a{place}:1' for place in range(1000))}", "And "),
        ("?case=%", "There is no use case “%”"),
        ("?case=rest-api&w=%00:%ff", "There is no weight"),
    ],
)
def test_what_is_wrong_in_an_address_is_said_and_does_nothing(page, query, said):
    start(page, query)
    expect(page.get_by_role("alert")).to_contain_text(said)
    if "rest-api" in query:
        expect(page.locator("table.ranking")).to_be_visible()
    assert page.locator(".yours img, .yours script").count() == 0
    assert too_wide(page) == []
    assert violations(page) == []


def test_without_javascript_the_page_says_so_and_leads_to_the_use_cases(opened):
    plain = opened(java_script_enabled=False)
    plain.goto(f"{URL}?case=rest-api")
    said = plain.locator("noscript .panel")
    expect(said).to_contain_text("needs JavaScript")
    said.locator("a").click()
    expect(plain).to_have_url(re.compile("#use-cases$"))
    plain.locator("#content").get_by_role("link", name="REST API", exact=True).click()
    expect(plain.locator("table.ranking")).to_be_visible()


def test_on_a_phone_the_ranking_is_one_touch_away(phone):
    start(phone, "?case=rest-api")
    assert too_wide(phone) == []
    phone.mouse.wheel(0, 1500)
    phone.get_by_role("link", name="See the ranking").click()
    expect(phone.locator("table.ranking tbody tr").first).to_be_in_viewport()
    unfold(phone)
    assert too_wide(phone) == []


@pytest.mark.parametrize("size", [PHONE, (820, 1180), DESK])
def test_all_of_it_is_accessible(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    start(page, "?case=async-api&need=orm:built-in,official-package,third-party&w=scop:0")
    unfold(page)
    assert violations_in_both_schemes(page) == NOTHING
    assert too_wide(page) == []


def test_no_name_becomes_markup(opened, awkward):
    with preview.served(awkward) as address:
        page = opened(base_url=address)
        start(page, "?w=documentation:3&lasts=less")
        expect(page.locator("table.ranking th bdi").filter(has_text=NAME)).to_have_count(1)


def test_data_that_cannot_be_read_is_said(page):
    page.route("**/guide/yours/data.json", lambda route: route.fulfill(body="half of {"))
    page.goto(f"{URL}?case=rest-api")
    expect(page.get_by_role("alert")).to_contain_text("could not be read")


def test_without_a_worker_the_page_draws_itself(browser, base_url):
    page = browser.new_page(base_url=base_url)
    rows = start(page, "?case=rest-api")
    page.route("**/yours/worker.js", lambda route: route.fulfill(body="x", content_type="text/plain"))
    assert start(page, "?case=rest-api&lasts=years") == rows
    page.close()


def test_its_scripts_are_light_and_no_other_page_has_them(opened):
    page = opened()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a wrapper that takes attributes is needed
    page.goto("guide/rest-api/")
    rest(page)
    assert not [answer.url for answer in answers if "/yours/" in answer.url]
    answers.clear()
    start(page, "?case=rest-api")
    rest(page)
    own = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in answers if "/js/yours/" in answer.url}
    assert own
    assert sum(own.values()) <= MOST_SCRIPT, own
