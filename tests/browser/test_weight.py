"""What a first view costs, and that nothing is asked for twice or in vain."""

from __future__ import annotations

import gzip
import re
import time

import pytest
from playwright.sync_api import Response, expect

from tests.browser.conftest import DESK, PAGES, PHONE, look, rest, watch

MOST_BYTES = 80 * 1024
PACKED = ("font/", "image/png")


LIGHT = """
frameworks/django/ compare/django-vs-fastapi/ matrix/frameworks/ code/ code/validation/ code/deployment/
code/contract/ frameworks/nestjs/code/ compare/litestar-vs-nestjs/code/
"""


@pytest.mark.parametrize("url", ["", *LIGHT.split()])
def test_a_first_view_is_light(opened, url, record_property):
    page = opened()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a wrapper that takes attributes is needed
    page.goto(url)
    rest(page)
    sizes = {}
    for answer in answers:
        body, kind = answer.body(), answer.headers["content-type"]
        sizes[answer.url.split("/", 4)[-1]] = len(body if kind.startswith(PACKED) else gzip.compress(body, 6))
    assert not any("search/index.json" in name for name in sizes), sizes  # it is read when the field is used
    assert any(name.endswith(".woff2") for name in sizes), sizes
    assert len(sizes) == len(answers), "something was asked for twice"
    record_property(f"KiB of the first view of /{url}", round(sum(sizes.values()) / 1024))
    assert sum(sizes.values()) <= MOST_BYTES, sizes


MOST_SCRIPT = 30 * 1024
"""Of the site's own JavaScript, packed, on any page that is opened."""


@pytest.mark.parametrize("url", ["", "matrix/frameworks/", "matrix/ratings/", "compare/?e=django,fastapi,flask"])
def test_scripts_are_small_and_come_only_where_they_are_used(opened, url, record_property):
    page = opened()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a wrapper that takes attributes is needed
    page.goto(url)
    rest(page)
    sizes = {
        answer.url.partition("/assets/js/")[2]: len(gzip.compress(answer.body(), 6))
        for answer in answers
        if "/assets/js/" in answer.url and "/vendor/" not in answer.url
    }
    record_property(f"KiB of scripts on /{url}", round(sum(sizes.values()) / 1024, 1))
    assert sum(sizes.values()) <= MOST_SCRIPT, sizes
    assert any(name.startswith("matrix/") for name in sizes) == url.startswith("matrix/")
    assert any(name.startswith("compare/") for name in sizes) == url.startswith("compare/")


SHIFTS = """
    window.shifted = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            window.shifted.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80))]);
    }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def late(browser, base_url, browser_context_args):
    """A page that watches what moves, and whose script comes late, with the list of its faults."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.route(re.compile(r"/(site|start)\.js$"), lambda route: (time.sleep(0.2), route.continue_()))
    yield page, watch(page, base_url)
    context.close()


@pytest.fixture
def late_reader(late):
    yield from look(late)


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_when_the_script_comes_late(late_reader, name, size):
    late_reader.set_viewport_size({"width": size[0], "height": size[1]})
    late_reader.goto(PAGES[name])
    late_reader.wait_for_timeout(100)
    shifts = late_reader.evaluate("window.shifted")
    assert sum(shift[0] for shift in shifts) <= 0.02, shifts


def test_what_moves_when_the_script_comes_late_is_seen(late_reader):
    late_reader.goto("")
    late_reader.evaluate("document.querySelector('main').style.marginTop = '300px'")
    late_reader.wait_for_timeout(300)
    assert sum(shift[0] for shift in late_reader.evaluate("window.shifted")) > 0.02


def test_a_matrix_shows_on_a_phone_though_its_script_never_comes(opened):
    page = opened(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.route("**/assets/js/**", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto("matrix/frameworks/")
    expect(page.locator("[id='websockets--django']")).to_be_hidden()
    expect(page.locator("[id='websockets--django']")).to_be_visible(timeout=8_000)


def test_the_site_works_at_the_root_of_a_host_too(opened, at_root):
    page = opened(base_url=at_root)
    for url in ("", "frameworks/django/", "matrix/frameworks/", "no/such/page/"):
        page.goto(f"{at_root}{url}")
        assert page.locator("h1").is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).position") == "sticky"
