"""Light and dark: as the system has it, or as the reader chose, on every page and after a reload."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def is_dark(page: Page) -> bool:
    """Return whether the page has a dark ground."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")]
    return sum(channels) < 384


def test_the_button_cycles_and_the_choice_lasts(page):
    page.goto("stacks/")
    button = page.locator("[data-scheme-button]")
    expect(button).to_have_accessible_name("Colours: as the system")
    assert not is_dark(page)
    button.click()
    expect(button).to_have_accessible_name("Colours: light")
    button.click()
    expect(button).to_have_accessible_name("Colours: dark")
    assert is_dark(page)
    page.reload()
    assert is_dark(page)
    page.goto("frameworks/django/")
    assert is_dark(page)
    expect(page.locator("[data-scheme-button]")).to_have_accessible_name("Colours: dark")
    page.locator("[data-scheme-button]").click()
    expect(page.locator("[data-scheme-button]")).to_have_accessible_name("Colours: as the system")
    assert not is_dark(page)
    page.reload()
    assert not is_dark(page)


def test_light_may_be_chosen_on_a_dark_system(opened):
    page = opened(color_scheme="dark")
    page.goto("")
    assert is_dark(page)
    page.locator("[data-scheme-button]").click()
    assert not is_dark(page)


def test_the_chosen_scheme_is_there_before_the_first_paint(opened):
    page = opened()
    page.goto("stacks/")
    page.evaluate("localStorage.setItem('scheme', 'dark')")
    page.add_init_script(
        "new MutationObserver(() => { if (document.body) window.first ??= document.documentElement.dataset.scheme; })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto("stacks/")
    assert page.evaluate("window.first") == "dark"


def test_nothing_moves_for_those_who_asked_for_that(opened):
    page = opened(reduced_motion="reduce")
    page.goto("")
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((element) => {
            const style = getComputedStyle(element);
            const times = `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat);
            return times.some((time) => time > 0) || style.scrollBehavior === "smooth";
        }).map((element) => element.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_the_page_works_where_nothing_may_be_stored(opened):
    page = opened()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page.goto("stacks/")
    page.locator("[data-scheme-button]").click()
    page.locator("[data-scheme-button]").click()
    assert is_dark(page)
