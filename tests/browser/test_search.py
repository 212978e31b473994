"""The search finds entries, pairs and criteria by what one types, and shows names as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import rest
from tests.conftest import NAME, SUMMARY
from tools import preview


def search(page: Page, words: str) -> None:
    """Type the words into the search."""
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(words)
    expect(page.locator("#search-results a").first).to_be_visible()


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_leads_into_the_search(page, key):
    page.goto("stacks/")
    rest(page)
    page.keyboard.press(key)
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator("#search-results")).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "title", "url"),
    [
        ("flask", "Flask", "/frameworks/flask/"),
        ("fastapi", "FastAPI", "/frameworks/fastapi/"),
        ("django rest", "Django REST framework", "/frameworks/django-rest-framework/"),
        ("celery", "Celery", "/task-queues/celery/"),
        ("sqlalchemy", "SQLAlchemy", "/orms/sqlalchemy/"),
        ("django fastapi", "Django and FastAPI", "/compare/django-vs-fastapi/"),
        ("fastapi vs flask", "FastAPI and Flask", "/compare/fastapi-vs-flask/"),
        ("django vs flask", "Django and Flask", "/compare/django-vs-flask/"),
        ("stacks", "Stacks", "/stacks/"),
        ("kubernetes", "Kubernetes-ready application", "/guide/kubernetes/"),
    ],
)
def test_a_name_comes_first_and_a_click_leads_there(page, words, title, url):
    page.goto("")
    search(page, words)
    first = page.locator("#search-results a").first
    expect(first.locator("b")).to_have_text(title)
    first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(url)}(\\?.*)?$"))


def test_a_criterion_is_answered_and_enter_leads_to_its_page(page):
    page.goto("method/")
    search(page, "websocket")
    rest(page)  # results that come late have a test of their own
    result = page.locator("#search-results a", has_text="WebSocket (Frameworks)").first
    expect(result).to_contain_text("Built in: ")
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        if result.evaluate("element => element === document.activeElement"):
            break
    expect(result).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/frameworks/by/websockets/$"))


def test_results_that_come_late_do_not_take_the_focus_away(page):
    page.goto("method/")
    search(page, "websocke")
    page.keyboard.press("ArrowDown")
    led = page.evaluate("document.activeElement.getAttribute('href')")
    late = """typed => {
        const field = document.querySelector("#q");
        field.value = typed;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }"""
    page.evaluate(late, "websocket")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.getAttribute('href')") == led
    page.evaluate(late, "gunicorn")
    expect(page.locator("#search-results a").first).to_contain_text("Gunicorn")
    expect(page.locator("#q")).to_be_focused()


def test_a_question_about_an_entry_gets_its_value_and_leads_to_the_fact(page):
    page.goto("")
    search(page, "does flask have websockets?")
    first = page.locator("#search-results a").first
    expect(first.locator("b")).to_have_text("WebSocket in Flask")
    expect(first).to_contain_text("third-party")
    first.click()
    expect(page).to_have_url(re.compile(r"/frameworks/flask/#websockets$"))
    expect(page.locator("#websockets")).to_be_in_viewport()


def test_the_keys_lead_back_to_the_field_and_out(page):
    page.goto("")
    search(page, "django")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search-results")).to_be_hidden()
    expect(page.locator("#q")).not_to_be_focused()


def test_enter_leads_to_the_first_result(page):
    page.goto("")
    search(page, "litestar")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/frameworks/litestar/"))


def test_the_search_works_on_a_phone_and_fits(phone):
    phone.goto("compare/django-vs-fastapi/")
    phone.locator("#q").click()
    phone.keyboard.type("quart")
    expect(phone.locator("#search-results a").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    box = phone.locator("#search-results").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_it_says_how_many_there_are_and_that_there_are_none(page):
    page.goto("")
    search(page, "django")
    expect(page.locator(".results-count")).to_have_text(re.compile(r"^\d+ results$"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("xyzzy")
    expect(page.locator(".results-count")).to_have_text("Nothing was found.")


@pytest.fixture(scope="module")
def at_awkward(awkward) -> Iterator[str]:
    with preview.served(awkward) as address:
        yield address


@pytest.mark.long
def test_a_name_with_signs_is_text_in_title_header_and_search(opened, at_awkward):
    page = opened(base_url=at_awkward)
    page.goto(f"{at_awkward}frameworks/flask/")
    assert page.title().startswith(f"{NAME} · ")
    expect(page.locator("h1")).to_have_text(NAME)
    page.goto(at_awkward)
    search(page, "R&D")
    result = page.locator("#search-results a", has_text=SUMMARY).first
    expect(result.locator("b")).to_have_text(NAME)
    expect(result).to_contain_text(SUMMARY)
    assert (
        page.evaluate(
            "document.querySelectorAll('#search-results b b, #search-results span b, #search-results [onclick]').length"
        )
        == 0
    )
    result.click()
    expect(page.locator("h1")).to_have_text(NAME)
