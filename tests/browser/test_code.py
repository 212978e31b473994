"""The code of a task: one framework, two side by side, what is remembered, what stands in the address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, focus


@pytest.fixture
def task(opened):
    page = opened()
    page.goto("code/validation/")
    return page


def shown(page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('.panes > section:not([hidden])')].map((pane) => pane.id)")


def test_a_framework_is_chosen_and_stands_in_the_address(task):
    assert shown(task) == ["fastapi"]
    task.get_by_role("navigation", name="Frameworks").get_by_role("link", name="Flask").click()
    assert shown(task) == ["flask"]
    expect(task).to_have_url(re.compile(r"/code/validation/\?show=flask$"))
    expect(task.locator(".tabs [aria-current=true]")).to_have_text(re.compile("Flask"))


def test_the_choice_is_remembered_on_the_next_task(task):
    task.get_by_role("navigation", name="Frameworks").get_by_role("link", name="Tornado").click()
    task.get_by_role("navigation", name="Tasks").get_by_role("link", name="Errors").click()
    expect(task).to_have_url(re.compile("/code/errors/$"))
    expect(task.locator(".panes > section:not([hidden])")).to_have_count(1)
    assert shown(task) == ["tornado"]


def test_two_stand_side_by_side_and_the_address_leads_back_to_them(task):
    task.get_by_label("Beside it").select_option("django")
    assert shown(task) == ["django", "fastapi"]
    expect(task).to_have_url(re.compile(r"show=fastapi,django$"))
    task.reload()
    assert shown(task) == ["django", "fastapi"]
    left, right = (task.locator(f"#{name}").bounding_box() for name in ("django", "fastapi"))
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 2


def test_on_a_phone_two_stand_below_one_another(opened):
    page = opened(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto("code/errors/?show=flask,django")
    top, below = (page.locator(f"#{name}").bounding_box() for name in ("django", "flask"))
    assert top["y"] + top["height"] <= below["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_an_anchor_leads_to_a_framework(opened):
    page = opened()
    page.goto("code/live/#sanic")
    assert shown(page) == ["sanic"]
    page.evaluate("location.hash = 'quart'")
    expect(page.locator("#quart")).to_be_visible()
    assert shown(page) == ["quart"]


def test_an_unknown_choice_shows_the_first(opened):
    page = opened()
    page.goto("code/live/?show=nothing,<b>")
    assert shown(page) == ["fastapi"]


def test_the_keyboard_chooses(task):
    link = task.get_by_role("navigation", name="Frameworks").get_by_role("link", name="Starlette")
    focus(link)
    task.keyboard.press("Enter")
    assert shown(task) == ["starlette"]
    expect(link).to_be_focused()


def test_without_javascript_all_are_there(opened, real):
    page = opened(java_script_enabled=False)
    page.goto("code/validation/#django")
    expect(page.locator(".panes > section")).to_have_count(len(real.codes))
    for name in ("flask", "django", "nestjs"):
        expect(page.locator(f"#{name} pre").first).to_be_visible()


def test_a_snippet_is_copied_as_it_stands_in_the_file(opened, browser):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.goto("code/first-response/?show=flask")
    page.locator("#flask").get_by_role("button", name="Copy").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("from flask import Flask\n\napp = Flask(__name__)\n")
    assert "Copy" not in copied


def test_a_line_that_both_sides_have_is_marked(opened):
    page = opened()
    page.goto("compare/fastapi-vs-flask/code/")
    first = page.locator("section:has(> h2#first-response)")
    marked = first.locator(".same").all_inner_texts()
    assert sum('@app.get("/")' in line for line in marked) == 2
    assert not any("from flask import Flask" in line for line in marked)
    expect(first).to_contain_text("from flask import Flask")


def test_the_marks_of_regions_are_not_shown(opened):
    page = opened()
    page.goto("frameworks/flask/code/")
    code = "\n".join(page.locator("pre").all_inner_texts())
    assert "from flask import" in code
    assert "endregion" not in code


def test_switching_leads_to_the_code_of_the_task(opened):
    page = opened()
    page.goto("compare/django-vs-flask/")
    page.locator("section:has(> h2#switching)").get_by_role("link", name="Streaming", exact=True).click()
    expect(page).to_have_url(re.compile("/compare/django-vs-flask/code/#streaming$"))
    expect(page.get_by_role("heading", name="Streaming")).to_be_in_viewport()
