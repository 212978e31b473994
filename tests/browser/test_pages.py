"""Every type of page, in three widths and two schemes: accessible, not too wide, silent."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from macros.catalog.model import pair_url
from macros.schema import routes
from tests.browser.conftest import DESK, PAGES, PHONE, TABLET
from tools import preview

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
STORE = """class {
    key = Symbol();
    has(object) { return this.key in object; }
    get(object) { return object[this.key]; }
    set(object, value) { object[this.key] = value; return this; }
    delete(object) { return delete object[this.key]; }
}"""
"""What axe-core keeps the parts of a colour in, in place of a WeakMap, which costs it a fifth of its time."""
COLOURS = """{
    const colour = axe.commons.color.Color.prototype;
    const parse = colour.parseString;
    const known = new Map();
    colour.parseString = function (text) {
        const found = known.get(text);
        if (found) return Object.assign(this, found);
        parse.call(this, text);
        known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
        return this;
    };
}"""
"""Lets axe-core read the text of a colour once, and not for every element."""
AXE = f"window.axe || (() => {{ const WeakMap = {STORE}; {AXE_SCRIPT} {COLOURS} }})()"
"""Puts axe-core into a page that has none yet."""
BY_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""The rules that ask for colours. All others ask for elements, attributes, texts and boxes."""
PICTURES = """() => Promise.all(
    [...document.images].map((picture) => {
        picture.loading = "eager";
        return picture.decode();
    }),
)"""
"""Loads every picture: one that is loaded when it comes into sight has another box then."""
SAME = """() => {
    const elements = [...document.querySelectorAll("body, body *")];
    const seen = elements.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const { display, visibility, opacity } = getComputedStyle(element);
        const tag = element.cloneNode(false).outerHTML;
        const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        const text = texts.map((node) => node.data).join();
        return [tag, text, x, y, width, height, display, visibility, opacity].join(" ");
    });
    const before = window.seenBefore ?? seen;
    window.seenBefore = seen;
    const changed = elements.filter((_, index) => seen[index] !== before[index] || seen.length !== before.length);
    return changed.slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
}"""
"""Returns some elements whose attributes, text or box have changed since it was last called; nothing the first time."""
SIZES = {"phone": PHONE, "tablet": TABLET, "desk": DESK}


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, as a line for each element."""
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", OPTIONS)
    assert len(found["passes"]) > 10, "axe-core looked at next to nothing"
    return lines_of(found)


def violations_in_both_schemes(page: Page) -> dict[str, list[str]]:
    """Return what axe-core finds in light and in dark, and what else than a colour is different in dark.

    Where nothing else is, the rules that ask for no colour have the same answers: they are asked once.
    """
    page.emulate_media(color_scheme="light")
    page.evaluate(PICTURES)
    light = violations(page)
    page.evaluate(SAME)
    page.emulate_media(color_scheme="dark")
    answer = page.evaluate("options => axe.run(options)", BY_COLOUR)
    assert "color-contrast" in {rule["id"] for rule in (*answer["passes"], *answer["violations"])}
    return {"light": light, "dark": lines_of(answer), "changed": page.evaluate(SAME)}


NOTHING = {"light": [], "dark": [], "changed": []}


def lines_of(found: dict[str, Any]) -> list[str]:
    """Return the violations in an answer of axe-core, as a line for each element."""
    return [
        f"{rule['id']}: {' '.join(node['target'][0].split())}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """Return how much wider than the window the page is, and what makes it so; nothing if it fits."""
    return page.evaluate(
        """() => {
            const room = Math.min(document.documentElement.clientWidth, innerWidth);
            const width = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
            if (width <= room) return [];
            const far = [...document.querySelectorAll("body *")]
                .filter((element) => element.getBoundingClientRect().right > room + 1)
                .slice(0, 5)
                .map((element) => element.outerHTML.slice(0, 120));
            return [`${width} px wide in ${room} px`, ...far];
        }"""
    )


def unfold(page: Page) -> None:
    """Open everything that can be folded."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")


def open_page(page: Page, url: str) -> None:
    """Open the page and wait until nothing of it is still to come."""
    page.goto(url)
    page.evaluate("document.fonts.ready")
    if url == PAGES["own weights"]:  # its ranking is computed beside the page, and its figures after it
        expect(page.locator("[role=status]", has_text="of the draws")).to_be_attached()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(reader, name, size):
    width, height = SIZES[size]
    reader.set_viewport_size({"width": width, "height": height})
    open_page(reader, PAGES[name])
    assert violations_in_both_schemes(reader) == NOTHING
    assert too_wide(reader) == []
    unfold(reader)
    assert too_wide(reader) == []


def test_axe_finds_what_is_wrong(page):
    page.goto("stacks/")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    assert any(line.startswith("color-contrast") for line in violations(page))


@pytest.mark.parametrize(
    ("rule", "kind"), [("background: #777", "dark"), ("margin: 3px", "changed"), ("visibility: hidden", "changed")]
)
def test_what_is_wrong_in_dark_alone_is_found(page, rule, kind):
    page.goto("stacks/")
    page.add_style_tag(content=f"@media (prefers-color-scheme: dark) {{ main * {{ {rule} !important }} }}")
    found = violations_in_both_schemes(page)
    assert found["light"] == []
    assert found[kind]


def test_the_rules_that_ask_for_colours_are_known(page):
    page.goto("")
    page.evaluate(AXE)
    rules = page.evaluate("tags => axe.getRules(tags).map((rule) => [rule.ruleId, rule.description])", TAGS)
    assert {rule for rule, says in rules if "color" in f"{rule} {says}".lower()} == set(BY_COLOUR["runOnly"])


def test_axe_finds_the_same_as_it_is(page):
    answers = []
    for script in (AXE, AXE_SCRIPT):
        page.goto("stacks/")
        page.evaluate("document.querySelector('h1').style.color = '#eee'")
        page.evaluate(script)
        found = page.evaluate("options => axe.run(options)", OPTIONS)
        answers.append({kind: found[kind] for kind in ("violations", "incomplete")})
        answers[-1]["passes"] = [rule["id"] for rule in found["passes"]]
    assert answers[0]["violations"]
    assert answers[0] == answers[1]


def test_a_page_that_is_too_wide_is_found(phone):
    phone.goto("stacks/")
    assert too_wide(phone) == []
    phone.evaluate("document.querySelector('h1').style.width = '400px'")
    assert too_wide(phone) != []


def test_the_applications_with_the_longest_names_fit_beside_each_other(phone, real):
    entries = [real.entries[name] for name in sorted(real.codes)]
    longest = sorted(entries, key=lambda entry: max(map(len, entry.name.split())))[-4:]
    for one, other in combinations(longest, 2):
        phone.goto(pair_url(one, other))
        expect(phone.locator("table.switch")).to_be_visible()
        assert too_wide(phone) == [], phone.url


def test_the_schemes_differ(page):
    page.goto("")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) != light


def type_of(url: str, kinds: set[str]) -> str:
    """Return what type of page stands at an address, by its shape: `matrix/*` for `matrix/async/`."""
    first, *rest = url.split("/")
    return "/".join(["<kind>" if first in kinds else first, *("*" for part in rest if part)])


def test_a_page_of_every_type_is_opened(built):
    kinds = {file.stem for file in (preview.ROOT / "data" / "criteria").glob("*.yml")} - {"shared"}
    urls = {file.parent.relative_to(built).as_posix().removeprefix(".") for file in built.rglob("index.html")}
    there = {type_of(url, kinds) for url in urls - {moved.rstrip("/") for moved in routes.MOVED}}
    assert there == {type_of(url.partition("?")[0].strip("/"), kinds) for url in PAGES.values() if url != PAGES["404"]}


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_open_menus_tools_and_results_are_accessible(page, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto("matrix/async/?show=django,flask,quart")
    page.get_by_text("Choose entries").click()
    page.get_by_role("button", name="Only where they differ").click()
    assert violations_in_both_schemes(page) == NOTHING
    if size == "phone":
        page.get_by_role("button", name="Menu").click()
        assert violations_in_both_schemes(page) == NOTHING
        page.keyboard.press("Escape")
    page.locator("#q").click()
    page.keyboard.type("flask")
    expect(page.locator("#search-results a").first).to_be_visible()
    assert violations_in_both_schemes(page) == NOTHING
    assert too_wide(page) == []


@pytest.mark.long
def test_open_folds_are_accessible(page):
    for url in ("compare/django-vs-fastapi/", "guide/ml-serving/", "frameworks/django/", "code/article/"):
        page.goto(url)
        unfold(page)
        assert violations(page) == []
