"""A browser on the served site; every page that a test opens is watched for what should never happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from tools import browser as finder

PAGES = {
    "home": "",
    "kind": "frameworks/",
    "libraries": "libraries/",
    "entry": "frameworks/django/",
    "library": "task-queues/celery/",
    "pair": "compare/django-vs-fastapi/",
    "biggest matrix": "matrix/frameworks/",
    "criterion": "frameworks/by/rate-limiting/",
    "criterion of texts": "frameworks/by/licence/",
    "measure": "frameworks/by/memory/",
    "measure over powers of ten": "frameworks/by/downloads/",
    "questions": "questions/",
    "ratings": "matrix/ratings/",
    "matrix": "matrix/spring-boot/",
    "matrix of several tables": "matrix/add-ons/",
    "health": "matrix/health/",
    "behaviour": "matrix/behaviour/",
    "probe": "behaviour/csrf/",
    "matrices": "matrix/",
    "compare": "compare/",
    "guide": "guide/",
    "use case": "guide/ml-serving/",
    "use case without a ranking": "guide/high-performance/",
    "own weights": "guide/yours/?case=ml-serving",
    "stacks": "stacks/",
    "api": "api/",
    "spring": "coming-from/spring/",
    "method": "method/",
    "to check again": "recheck/",
    "benchmarks": "benchmarks/",
    "method of the benchmarks": "benchmarks/method/",
    "benchmarks elsewhere": "benchmarks/elsewhere/",
    "growth of the benchmarks": "benchmarks/growth/",
    "latency of the benchmarks": "benchmarks/waiting/",
    "an article's code": "code/article/",
    "a block of an article": "code/article/block-01/",
    "changes": "changes/",
    "contribute": "contribute/",
    "policy": "policy/",
    "pair in a frame": "embed/compare/django-vs-fastapi/",
    "ranking in a frame": "embed/guide/ml-serving/",
    "code": "code/",
    "task": "code/validation/",
    "two side by side": "code/errors/?show=django,fastapi",
    "contract": "code/contract/",
    "application": "frameworks/flask/code/",
    "pair of applications": "compare/django-vs-fastapi/code/",
    "404": "no/such/page/",
}
"""One page of each type, by what it is."""
PHONE, TABLET, DESK = (360, 780), (820, 1180), (1440, 900)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Launch the Chromium that is there."""
    path = finder.found()
    if not path:
        pytest.fail("There is no browser. `make browser` says how to get one.")
    return {"executable_path": path, "args": list(finder.ARGUMENTS)}


@pytest.fixture(scope="session")
def base_url(at_prefix: str) -> str:
    """Open addresses relative to the site as it is published, below a path."""
    return at_prefix


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    """Open pages on a desk unless a test says otherwise."""
    return {"base_url": base_url, "viewport": {"width": DESK[0], "height": DESK[1]}, "color_scheme": "light"}


def watch(page: Page, home: str) -> list[str]:
    """Return a list that fills with what should never happen: messages, errors, requests that fail or leave."""
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        own_404 = "404 (Not Found)" in message.text and message.location.get("url") == page.url
        if not own_404:
            faults.append(f"{page.url}: console {message.type}: {message.text}")

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(home).netloc:
            faults.append(f"{page.url}: asks another host: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            faults.append(f"{page.url}: {response.status} for {response.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a request that the next page overtook
            faults.append(f"{page.url}: failed: {request.url}: {request.failure}")

    page.set_default_timeout(10_000)
    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: error: {error}"))
    page.on("request", asked)
    page.on("response", answered)
    page.on("requestfailed", failed)
    return faults


RESTS = """async () => {
    const loaded = () => performance.getEntriesByType("resource").length;
    for (let before = -1; before !== loaded() || document.readyState !== "complete"; ) {
        before = loaded();
        await new Promise((resolve) => setTimeout(resolve, 500));
    }
}"""


def rest(page: Page) -> None:
    """Wait until the page has loaded and has asked for nothing more for half a second.

    The page's own record is read. Playwright's `networkidle` counts events instead; when one is lost on a busy
    machine, it waits for ever.
    """
    page.evaluate(RESTS)


def focus(element: Locator) -> None:
    """Focus an element once it is visible: `Locator.focus` silently does nothing while it is hidden."""
    expect(element).to_be_visible()
    element.focus()
    expect(element).to_be_focused()


@pytest.fixture
def page(page: Page, base_url: str) -> Iterator[Page]:
    """Return a page that is watched; the test fails at its end if anything happened that should not."""
    faults = watch(page, base_url)
    yield page
    assert faults == []


@pytest.fixture
def phone(page: Page) -> Page:
    """Return the page on a phone."""
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    return page


Opened = Callable[..., Page]
Window = Callable[..., tuple[Page, list[str]]]


@pytest.fixture(scope="session")
def windows(browser: Browser, base_url: str, browser_context_args: dict[str, Any]) -> Iterator[Window]:
    """Return a function that gives the page of a setting, one for the whole run, and the list of its faults."""
    with ExitStack() as stack:

        @cache
        def window(*, java_script_enabled: bool) -> tuple[Page, list[str]]:
            context = browser.new_context(**browser_context_args, java_script_enabled=java_script_enabled)
            stack.callback(context.close)
            page = context.new_page()
            return page, watch(page, base_url)

        yield window


def look(window: tuple[Page, list[str]]) -> Iterator[Page]:
    """Yield a page of the run as if it were new: empty, on a desk, light. Fail at the end as `page` does."""
    page, faults = window
    faults.clear()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.emulate_media(color_scheme="light")
    yield page
    page.goto("about:blank")
    assert faults == []


@pytest.fixture
def reader(windows: Window) -> Iterator[Page]:
    """Return a page for tests that only look: what is clicked, typed or stored would reach the next test.

    A window of its own takes most tests longer than to look at the page in it.
    """
    yield from look(windows(java_script_enabled=True))


@pytest.fixture
def plain_reader(windows: Window) -> Iterator[Page]:
    """Return the same without JavaScript."""
    yield from look(windows(java_script_enabled=False))


@pytest.fixture
def opened(browser: Browser, base_url: str, browser_context_args: dict[str, Any]) -> Iterator[Opened]:
    """Return a function that opens a watched page in a context of its own, with the settings given."""
    contexts, faults = [], []

    def open_page(**settings: Any) -> Page:
        context = browser.new_context(**{**browser_context_args, **settings})
        contexts.append(context)
        page = context.new_page()
        faults.append(watch(page, settings.get("base_url", base_url)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [fault for found in faults for fault in found] == []
