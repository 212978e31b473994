"""From a choice of entries to their comparison; folds open for what the address names."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


def choose(page, *names):
    for name in names:
        page.locator("form[data-picker] label", has=page.get_by_text(name, exact=True)).click()


@pytest.mark.parametrize("url", ["", "compare/"])
def test_two_lead_to_their_pair_and_three_stand_side_by_side(page, url):
    page.goto(url)
    choose(page, "FastAPI", "Django")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare/django-vs-fastapi/$"))
    page.goto(url)
    choose(page, "FastAPI", "Django", "Quart")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare/\?e=django,fastapi,quart$"))
    expect(page.locator(".compared thead th")).to_have_count(4)


def test_more_than_six_lead_to_the_matrix(page):
    page.goto("compare/")
    choose(page, "FastAPI", "Django", "Quart", "Flask", "Sanic", "Tornado", "Litestar")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(
        re.compile(r"/matrix/frameworks/\?show=django,fastapi,flask,litestar,quart,sanic,tornado$")
    )
    expect(page.locator("thead th[data-column]:visible")).to_have_count(7)


def test_one_is_not_enough_and_the_form_says_so(page):
    page.goto("compare/")
    choose(page, "Django")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("[data-picker-status]")).to_have_text("Choose at least two.")
    expect(page).to_have_url(re.compile(r"/compare/$"))


def test_the_address_of_a_form_leads_on(page):
    page.goto("compare/?e=fastapi&e=django")
    expect(page).to_have_url(re.compile(r"/compare/django-vs-fastapi/$"))
    page.goto("compare/?e=fastapi&e=django&e=flask")
    expect(page).to_have_url(re.compile(r"/compare/\?e=fastapi,django,flask$"))
    expect(page.locator(".compared thead th")).to_have_count(4)
    page.goto("compare/?e=django")
    expect(page.locator("input[value=django]")).to_be_checked()
    page.goto("compare/?e=nonesuch&e=django")
    expect(page.locator("input[value=django]")).to_be_checked()


def test_a_reversed_pair_leads_to_the_pair_with_its_anchor(page):
    page.goto("compare/fastapi-vs-django/#async-orm")
    expect(page).to_have_url(re.compile(r"/compare/django-vs-fastapi/#async-orm$"))
    expect(page.locator("tr#async-orm")).to_be_in_viewport()


def test_a_folded_fact_opens_when_the_address_names_it(page):
    page.goto("compare/django-vs-fastapi/")
    fold = page.locator("details:has(> summary #agree)")
    assert fold.get_attribute("open") is None, "where they agree is folded"
    row = fold.locator("tr[id]").nth(3)
    name = row.get_attribute("id")
    expect(row).to_be_hidden()
    page.goto(f"compare/django-vs-fastapi/#{name}")
    expect(row).to_be_visible()
    expect(row).to_be_in_viewport()
    top = row.evaluate("row => row.getBoundingClientRect().top")
    header = page.locator(".top").evaluate("top => top.getBoundingClientRect().bottom")
    assert top >= header - 1, "the row lies under the header"


def test_a_rating_opens_when_the_address_names_it(page):
    page.goto("frameworks/django/#rating-documentation")
    expect(page.locator("#rating-documentation table")).to_be_visible()
    page.goto("frameworks/django/")
    expect(page.locator("#rating-documentation table")).to_be_hidden()
    page.evaluate("location.hash = 'rating-documentation'")
    expect(page.locator("#rating-documentation table")).to_be_visible()


def test_where_they_differ_comes_before_where_they_agree(page):
    page.goto("compare/django-vs-fastapi/")
    headings = page.locator("h2").all_inner_texts()
    differ = next(index for index, text in enumerate(headings) if "differ" in text)
    agree = next(index for index, text in enumerate(headings) if "agree" in text)
    assert differ < agree


def test_a_pair_on_a_phone_says_whose_value_it_is(phone):
    phone.goto("compare/django-vs-fastapi/")
    said = phone.evaluate(
        """[...document.querySelectorAll("table.pair tr[id] td")].slice(0, 2)
            .map((cell) => getComputedStyle(cell, "::before").content.replaceAll('"', ""))"""
    )
    assert said == ["Django", "FastAPI"]


def test_the_answer_comes_first_and_in_points(page):
    page.goto("compare/django-vs-fastapi/")
    verdict = page.locator("section:has(> h2#verdict)")
    expect(verdict).to_be_in_viewport()
    expect(verdict.locator("li").first).to_contain_text(re.compile(r"\d+ against \d+ points|no clear difference"))
    expect(page.locator("table.figures")).to_be_in_viewport()


def test_rows_are_filtered_and_the_address_says_so(page):
    page.goto("compare/django-vs-fastapi/")
    page.get_by_label("Filter criteria").fill("websocket")
    expect(page.locator("tr#websockets")).to_be_visible()
    expect(page.locator("tr#scope")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?filter=websocket$"))
    page.get_by_label("Filter criteria").fill("")
    expect(page.locator("tr#scope")).to_be_visible()


def test_those_that_agree_are_shown_when_asked(page):
    page.goto("compare/django-vs-fastapi/?all=1")
    expect(page.locator("details:has(> summary #agree) tr[id]").first).to_be_visible()
    page.get_by_role("button", name="Also where they agree").click()
    expect(page.locator("details:has(> summary #agree) tr[id]").first).to_be_hidden()


def test_a_row_that_a_filter_hides_shows_when_the_address_names_it(page):
    page.goto("compare/django-vs-fastapi/?filter=websocket#scope")
    expect(page.locator("tr#scope")).to_be_in_viewport()


def test_a_folded_row_shows_on_a_phone_when_the_address_names_it(phone):
    phone.goto("compare/django-vs-fastapi/")
    expect(phone.locator("tr#scope")).to_be_hidden()
    phone.goto("compare/django-vs-fastapi/#docs-tutorial")
    row = phone.locator("tr#docs-tutorial")
    expect(row).to_be_in_viewport()
    covered = phone.locator(".jump.sticky").evaluate("jump => jump.getBoundingClientRect().bottom")
    assert row.evaluate("row => row.getBoundingClientRect().top") >= covered - 1, "the row lies under the jump list"
    phone.goto("frameworks/fastapi/#websockets")
    expect(phone.locator("tr#websockets")).to_be_in_viewport()


def test_the_address_of_a_row_is_copied(opened):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.goto("compare/django-vs-fastapi/")
    page.locator("tr#scope a.here").click()
    expect(page.locator("tr#scope a.here")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/compare/django-vs-fastapi/#scope")
    expect(page).to_have_url(re.compile("#scope$"))


def test_a_page_on_a_phone_is_short(phone):
    """Ten screens where it had thirty: groups are folded."""
    for url in ("frameworks/fastapi/", "compare/django-vs-fastapi/"):
        phone.goto(url)
        assert phone.evaluate("document.documentElement.scrollHeight / innerHeight") < 15, url
        expect(phone.locator("details.part summary").first).to_be_visible()
