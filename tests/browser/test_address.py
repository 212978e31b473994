"""The address of a page: what a reader chose is written there, seldom, and nothing that it says breaks a page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PAGES, PHONE, rest

COUNT_WRITES = """
    window.writes = 0;
    const replaceState = History.prototype.replaceState;
    History.prototype.replaceState = function (...given) {
        window.writes += 1;
        return replaceState.apply(this, given);
    };
"""


@pytest.fixture
def counted(opened) -> Page:
    """Return a page that counts how often its address is written."""
    page = opened()
    page.add_init_script(COUNT_WRITES)
    return page


def test_typing_writes_the_address_once(counted):
    counted.clock.install()
    counted.goto("matrix/frameworks/")
    counted.get_by_label("Filter criteria").press_sequentially("websocket")
    assert counted.evaluate("window.writes") == 0
    counted.clock.run_for(1_000)
    expect(counted).to_have_url(re.compile(r"\?filter=websocket$"))
    assert counted.evaluate("window.writes") == 1


def test_choosing_a_framework_writes_the_address_once(counted):
    counted.goto("code/validation/#django")
    counted.get_by_role("navigation", name="Frameworks").get_by_role("link", name="Flask").click()
    expect(counted).to_have_url(re.compile(r"/code/validation/\?show=flask$"))
    assert counted.evaluate("window.writes") == 1


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("query", ["", "?show=django,flask&differ=1"])
def test_opening_a_page_does_not_write_its_address(counted, query, size):
    counted.set_viewport_size({"width": size[0], "height": size[1]})
    counted.goto(f"matrix/frameworks/{query}")
    counted.wait_for_timeout(600)
    assert counted.evaluate("window.writes") == 0
    assert counted.url.endswith(f"matrix/frameworks/{query}")


def test_the_way_back_leads_to_what_was_typed_last(page):
    page.goto("matrix/frameworks/")
    page.get_by_label("Filter criteria").press_sequentially("websocket")
    page.locator("#websockets th a").evaluate("link => { link.href = '../../stacks/'; link.click(); }")
    expect(page).to_have_url(re.compile(r"/stacks/$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?filter=websocket$"))
    expect(page.get_by_label("Filter criteria")).to_have_value("websocket")
    expect(page.locator("tr[data-row]:visible")).to_have_count(1)


def test_a_browser_that_refuses_to_write_the_address_filters_all_the_same(opened):
    page = opened()
    page.add_init_script("History.prototype.replaceState = () => { throw new DOMException('no', 'SecurityError'); };")
    page.goto("matrix/frameworks/")
    page.get_by_label("Filter criteria").press_sequentially("websocket")
    page.wait_for_timeout(600)
    expect(page.locator("tr[data-row]:visible")).to_have_count(1)


@pytest.mark.parametrize("fragment", ["%", "%zz", "100%", "%E0%A4%A"])
@pytest.mark.parametrize("name", ["pair", "task", "biggest matrix"])
def test_a_fragment_that_cannot_be_decoded_breaks_nothing(page, name, fragment):
    page.goto(f"{PAGES[name]}#{fragment}")
    expect(page.locator("h1")).to_be_visible()
    page.evaluate("location.hash = '#%25%'")
    expect(page.locator("h1")).to_be_visible()


def test_a_shared_filter_does_not_open_the_search(page):
    page.goto("matrix/frameworks/?filter=websocket")
    rest(page)
    expect(page.get_by_label("Filter criteria")).to_have_value("websocket")
    expect(page.locator("#search-results")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?filter=websocket$"))


def test_an_older_address_filters_too(page):
    page.goto("matrix/frameworks/?q=websocket")
    expect(page.locator("tr[data-row]:visible")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?filter=websocket$"))


def test_a_clipboard_that_refuses_is_reported(opened):
    page = opened()
    page.add_init_script(
        "Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"
    )
    page.goto("code/first-response/?show=flask")
    button = page.locator("#flask pre button").first
    button.click()
    expect(button).to_have_text("Not copied")
