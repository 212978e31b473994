"""The page: what it lists, in which order, and that everything on it is text."""

from __future__ import annotations

from html.parser import HTMLParser

import httpx
import pytest

from lab.books.sample import AUTHORS, new_isbn
from lab.books.suite.conftest import SHUFFLED, client_of

SEARCHES = [("pLAIN 01", 10), ("100%", 1), ("_everything_", 1), ("%", 1), ("_", 1), ("\\", 0)]


class _Page(HTMLParser):
    """Text, elements and the search field of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""
        self.searched: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        given = dict(attrs)
        if tag == "input" and given.get("name") == "q":
            self.searched = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(client: httpx.Client, **query: str) -> _Page:
    answer = client.get("/", params=query)
    assert answer.status_code == 200
    kind, _, charset = answer.headers["content-type"].partition(";")
    assert kind.strip() == "text/html"
    assert "utf-8" in charset.lower()
    return _Page(answer.text)


@pytest.mark.item("html-page")
def test_the_page_lists_books_and_has_a_search_form(client):
    page = page_of(client, q="Plain 00")
    assert {"html", "title", "form", "input"} <= set(page.elements)
    assert all(f"Plain {number:03}" in page.text for number in range(10))
    assert AUTHORS[0] in page.text
    assert "Plain 010" not in page.text
    assert page.searched == "Plain 00"


@pytest.mark.item("html-page")
@pytest.mark.parametrize(("q", "found"), SEARCHES)
def test_the_search_of_the_page_is_that_of_the_list(client, q, found):
    page = page_of(client, q=q)
    titles = [item["title"] for item in client.get("/api/books", params={"q": q, "per_page": 100}).json()["items"]]
    assert len(titles) == found
    assert all(title in page.text for title in titles)
    others = [f"Plain {number:03}" for number in range(40)] + ["書物の歴史"]
    assert not [title for title in others if title in page.text and title not in titles]


@pytest.mark.item("html-page")
def test_books_stand_on_the_page_by_title(shuffled):
    with client_of(shuffled) as own:
        text = page_of(own).text
    places = [text.index(title) for title in sorted(SHUFFLED)]
    assert places == sorted(places)


@pytest.mark.item("html-page")
def test_markup_in_a_title_is_text(client):
    page = page_of(client, q="alert(1)")
    assert "script" not in page.elements
    assert "<script>alert(1)</script> & <b>bold</b>" in page.text


@pytest.mark.item("html-page")
@pytest.mark.parametrize("q", ['"><script>alert(2)</script>', "' onfocus='alert(3)", "</form><b>", "{{ 7 * 7 }}"])
def test_the_search_stands_in_its_field_and_nowhere_as_markup(client, q):
    page = page_of(client, q=q)
    assert page.searched == q
    assert not {"script", "b"} & set(page.elements)
    assert "49" not in page.text


@pytest.mark.item("html-page")
def test_a_search_without_result_is_a_page(client):
    page = page_of(client, q=new_isbn())
    assert "Plain" not in page.text
