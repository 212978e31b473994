"""`mkdocs serve` shows an edit, shows problems in place of the page, and the page again once they are mended."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.preview import LiveServer


@pytest.fixture
def server(repository: Path, tmp_path: Path) -> Iterator[LiveServer]:
    served = LiveServer(repository, tmp_path / "serve.log")
    try:
        served.until("frameworks/flask/", "<h1><bdi>Flask</bdi></h1>", seconds=120)
        yield served
    finally:
        served.close()


def break_summary(record: Path) -> str:
    """Misspell a key of the record; return what it said before."""
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("summary: ", "sumary: ", 1), encoding="utf-8")
    return text


def test_an_edit_shows_on_every_page_that_prints_it(server, repository, record_property):
    flask = repository / "data" / "frameworks" / "flask.yml"
    text = flask.read_text(encoding="utf-8")
    flask.write_text(text.replace("summary: ", "summary: Edited once. ", 1), encoding="utf-8")
    record_property(
        "seconds from saving a record to the served page", round(server.until("frameworks/flask/", "Edited once."), 1)
    )
    server.until("frameworks/", "Edited once.", seconds=5)
    assert "Edited once." in server.page("search/index.json")


def article(html: str) -> str:
    """Return what a page shows between the header and the footer."""
    return html[html.index("<article") : html.index("</article>")]


def test_a_page_that_is_rendered_when_asked_for_is_that_of_a_build(server, repository, built):
    flask = repository / "data" / "frameworks" / "flask.yml"
    flask.write_text(flask.read_text(encoding="utf-8").replace("summary: ", "summary: Edited. ", 1), encoding="utf-8")
    server.until("frameworks/flask/", "Edited.")
    for url in ("frameworks/flask/", "compare/django-vs-flask/", "code/routing/", "method/"):
        expected = (built / url / "index.html").read_text(encoding="utf-8")
        assert article(server.page(url)).replace("Edited. ", "") == article(expected), url


def test_problems_are_shown_in_place_of_every_page_until_they_are_mended(server, repository):
    flask = repository / "data" / "frameworks" / "flask.yml"
    text = break_summary(flask)
    line = next(number for number, row in enumerate(flask.read_text().splitlines(), 1) if row.startswith("sumary: "))
    place = f"data/frameworks/flask.yml:{line}:1"
    for url in ("frameworks/flask/", "", "method/", "compare/django-vs-flask/"):
        server.until(url, place)
        assert "Did you mean summary?" in server.page(url)
    assert "livereload" in server.page("")
    assert place in server.said()
    assert "Traceback" not in server.said()
    flask.write_text(text.replace("summary: ", "summary: Edited twice. ", 1), encoding="utf-8")
    server.until("frameworks/flask/", "Edited twice.")
    assert place not in server.page("method/")


def test_it_starts_with_broken_data_and_shows_the_site_once_they_are_mended(repository, tmp_path):
    flask = repository / "data" / "frameworks" / "flask.yml"
    text = break_summary(flask)
    server = LiveServer(repository, tmp_path / "serve.log")
    try:
        server.until("", "Did you mean summary?", seconds=60)
        server.until("frameworks/flask/", "data/frameworks/flask.yml:")
        flask.write_text(text, encoding="utf-8")
        server.until("frameworks/flask/", "<h1><bdi>Flask</bdi></h1>", seconds=60)
        server.until("method/", 'id="glossary"')
        assert "Traceback" not in server.said()
    finally:
        server.close()


def test_a_call_of_something_unknown_on_a_hand_written_page_is_shown_too(server, repository):
    page = repository / "docs" / "stacks.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + '\n\n{{ matrix("asink") }}\n', encoding="utf-8")
    server.until("stacks/", "there is no matrix &#34;asink&#34;")
    page.write_text(text + "\n\nMended.\n", encoding="utf-8")
    server.until("stacks/", "Mended.")


def test_a_new_record_a_changed_criterion_and_a_removed_record_show(server, repository):
    quart = repository / "data" / "frameworks" / "quart.yml"
    text = quart.read_text(encoding="utf-8").replace("name: Quart\ntile: Qu\n", "name: Quart Two\ntile: Zw\n", 1)
    text = re.sub(r"^ +demonstration: .*\n", "", text, flags=re.MULTILINE)
    (quart.parent / "quart-two.yml").write_text(text, encoding="utf-8")
    server.until("frameworks/quart-two/", "<h1><bdi>Quart Two</bdi></h1>")
    server.until("compare/flask-vs-quart-two/", "Quart Two")
    server.until("compare/quart-two-vs-flask/", "flask-vs-quart-two")
    assert "quart-two" in {entry[0] for entry in json.loads(server.page("search/index.json"))["entries"]}
    criteria = repository / "data" / "criteria" / "frameworks.yml"
    changed = re.sub(r"(id: async-orm\n +name:) .*", r"\1 Asynchronous mapper", criteria.read_text(encoding="utf-8"))
    assert "Asynchronous mapper" in changed
    criteria.write_text(changed, encoding="utf-8")
    server.until("matrix/frameworks/", "Asynchronous mapper")


def test_templates_and_hand_written_pages_are_followed(server, repository):
    entry = repository / "macros" / "rendering" / "templates" / "entry.html"
    entry.write_text(entry.read_text(encoding="utf-8").replace("<h1>", "<h1>Edited ", 1), encoding="utf-8")
    server.until("frameworks/flask/", "<h1>Edited")
    page = repository / "docs" / "method.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n\nA last sentence.\n", encoding="utf-8")
    server.until("method/", "A last sentence.")
    server.until("frameworks/flask/", "<h1>Edited")
