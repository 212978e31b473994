"""Words of facts on the site: links to them, what a program found again, and what must be read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from macros.catalog.citations import Words
from macros.catalog.demonstrations import DemonstrationRun
from macros.catalog.facts import Fact
from macros.checks.load import load
from macros.reading.folders import Folders
from macros.rendering.environment import Renderer
from macros.schema.pointers import archived, fragment_link
from macros.views.measurements import rechecks
from macros.views.proofs import PROOFS, proof_table
from macros.views.site import Site
from tests.unit.conftest import TODAY
from tests.unit.test_checks import ALPHA, BETA, spoil

PAGE = "https://beta.example.org/"
BLOB = "https://github.com/a/b/blob/v1/src/a.py"
RESULT = Path("measured") / "citations" / "beta.json"


@pytest.mark.parametrize(
    ("address", "passage", "link"),
    [
        (PAGE, None, PAGE),
        (PAGE, "only words", f"{PAGE}#:~:text=only%20words"),
        (PAGE, "first words … last words", f"{PAGE}#:~:text=first%20words,last%20words"),
        (PAGE, "a-b, c & d", f"{PAGE}#:~:text=a%2Db%2C%20c%20%26%20d"),
        (PAGE, "100 % “naïve” #1", f"{PAGE}#:~:text=100%20%25%20%E2%80%9Cna%C3%AFve%E2%80%9D%20%231"),
        (f"{PAGE}#anchor", "words", f"{PAGE}#anchor:~:text=words"),
        (f"{PAGE}?a=b", "words", f"{PAGE}?a=b#:~:text=words"),
    ],
)
def test_a_link_leads_to_the_words(address, passage, link):
    assert fragment_link(address, passage) == link


@pytest.mark.parametrize(
    ("address", "line", "anchor"),
    [
        (BLOB, 82, "L82"),
        (BLOB, None, ""),
        (f"{BLOB}#L7", 82, "L7"),
        (BLOB.replace("a.py", "README.md"), 82, ""),  # shown as a page
        (BLOB.replace("/blob/", "/tree/"), 82, ""),
        (PAGE, 82, ""),
    ],
)
def test_a_file_that_is_shown_by_lines_opens_at_the_line(address, line, anchor):
    assert fragment_link(address, "words", line) == f"{address.partition('#')[0]}#{anchor}:~:text=words"


def test_the_archived_page_is_that_of_the_day():
    assert archived(f"{PAGE}x/?a=b#c", date(2026, 11, 5)) == f"https://web.archive.org/web/20261105/{PAGE}x/?a=b"


@pytest.fixture
def beta(data: Path) -> Callable[..., dict[str, Fact]]:
    """Return a function that changes the measured words of Beta and gives its facts."""

    def facts(passage: dict[str, Any] | None = None, absence: dict[str, Any] | None = None) -> dict[str, Fact]:
        found = json.loads((data / RESULT).read_text(encoding="utf-8"))
        found["passages"][0] |= passage or {}
        found["absences"][0] |= absence or {}
        (data / RESULT).write_text(json.dumps(found), encoding="utf-8")
        return dict(load(Folders.around(data), TODAY).entries["beta"].facts)

    return facts


def test_words_that_were_found_again_confirm_their_fact(beta):
    fact = beta()["docs-tutorial"]
    assert (fact.words.still_there, fact.proof, fact.words.doubt) == (date(2026, 11, 20), "words", None)
    assert fact.link.endswith("#:~:text=There%20is%2C%20as%20yet,no%20well%2Dkept%20tutorial")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"status": "page gone", "how": "live"}, "Its page is gone."),
        ({"status": "not found", "how": "live"}, "Its words are not on the page."),
        ({"status": "not found", "how": "repository at another commit"}, "Its words are not on the page."),
        ({"first-digest": "b" * 64}, "The words between its first and its last words have changed."),
        ({"status": "not reachable", "how": None}, None),
    ],
)
def test_words_that_have_gone_or_changed_must_be_read_again(beta, found, reason):
    fact = beta(found)["docs-tutorial"]
    assert (fact.words.doubt, fact.proof, fact.words.still_there) == (reason, "reader", None)


def test_counted_words_confirm_an_absence_until_one_occurs(beta):
    assert beta()["websockets"].proof == "absence"
    fact = beta(absence={"words": {"websocket": 1200, "socket.io": 0}, "how": "live"})["websockets"]
    assert fact.proof == "reader"
    assert fact.words.doubt == "The documentation has words that the record says are not there: websocket 1,200."


def test_no_pages_prove_no_absence(beta):
    fact = beta(absence={"pages": 0})["websockets"]
    assert (fact.words.absence, fact.proof, fact.words.doubt) == (None, "reader", None)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("no well-kept tutorial", "no tutorial"),
        ("checked: 2026-11-20", "checked: 2026-11-19"),
        ("checked: 2026-11-20", 'version: "2.0"\n    checked: 2026-11-20'),
        ("source: https://beta.example.org/", "source: https://beta.example.org/x/"),
    ],
)
def test_a_reading_of_what_the_record_said_before_counts_for_nothing(data, beta, was, now):
    spoil(data / BETA, was, now)
    assert beta()["docs-tutorial"].words.passage is None


@pytest.mark.parametrize(("was", "now"), [("websocket, socket.io", "websocket"), ("the wall", "the floor")])
def test_a_count_of_other_words_counts_for_nothing(data, beta, was, now):
    spoil(data / BETA, was, now)
    assert beta()["websockets"].words.absence is None


def catalog_with(catalog, **changes):
    entry = catalog.entries["beta"]
    facts = {**entry.facts, "docs-tutorial": replace(entry.facts["docs-tutorial"], **changes)}
    return replace(catalog, entries={**catalog.entries, "beta": replace(entry, facts=facts)})


def test_what_must_be_read_again_is_listed_with_its_reason(catalog):
    gone = catalog.entries["beta"].facts["docs-tutorial"].words.passage.model_copy(update={"status": "page gone"})
    changed = catalog_with(catalog, words=Words(passage=gone), aged=None)
    found = {item.entry.id: [fact.criterion.id for fact in item.facts] for item in rechecks(changed, {})}
    assert "docs-tutorial" in found["beta"]
    shown = Renderer(Site(changed))(
        "recheck.html", "../", rechecks=rechecks(changed, {}), total=1, all=1, old_after_days=180
    )
    assert "Its page is gone." in shown


def test_the_page_of_an_entry_says_when_words_were_read_and_found_again(site, pages_of):
    shown = " ".join(pages_of(site)["frameworks/beta/"].split())
    assert "Unless a fact says otherwise, pages were read and programs ran on 20 Nov 2026." in shown
    assert 'href="https://web.archive.org/web/20261120/https://beta.example.org/"' in shown
    assert "#:~:text=There%20is%2C%20as%20yet,no%20well%2Dkept%20tutorial" in shown
    assert "socket.io, websocket: none in 412 pages of 6.1, 2 hits of another meaning apart" in shown
    assert "“the socket … the wall”: A plug." in shown


def test_the_evidence_of_an_idiom_leads_to_its_words(data, pages_of):
    spoil(data / ALPHA, "status: removed,", "status: removed, at: old words … new words,")
    shown = pages_of(Site(load(Folders.around(data), TODAY)))["frameworks/alpha/"]
    assert 'href="https://alpha.example.org/news/#:~:text=old%20words,new%20words"' in shown


def test_a_matrix_has_no_addresses_of_words(site, pages_of):
    matrices = [html for url, html in pages_of(site).items() if url.startswith("matrix/")]
    assert matrices
    assert not any(":~:text=" in html or "web.archive.org" in html for html in matrices)


def test_what_confirms_facts_adds_up(catalog):
    table = proof_table(catalog.entries.values())
    stated = [fact for one in catalog.entries.values() for fact in one.facts.values() if not fact.inherited_from]
    assert table.all.total == sum(row.total for row in table.rows) == len(stated)
    counts = dict(zip(PROOFS, table.all.counts, strict=True))
    assert (counts["words"], counts["absence"]) == (1, 1)
    assert table.all.by_machine == pytest.approx(1 - counts["reader"] / len(stated))


def test_a_demonstration_confirms_what_it_shows(catalog):
    run = DemonstrationRun(entry="beta", id="no-tutorial", version="1.0", day=TODAY)
    fact = replace(catalog.entries["beta"].facts["docs-tutorial"], words=Words(), demonstration=run)
    assert fact.proof == "demonstration"
    assert replace(fact, demonstration=replace(run, newer="1.1")).proof == "reader"


def test_a_partial_value_may_have_searched_words_beside_those_that_are_there(data, problems_of):
    stated = "async-handlers: {value: partial, note: One event loop for each request., searched: [shared loop]}"
    spoil(
        data / BETA, "async-handlers:\n        value: partial\n        note: One event loop for each request.", stated
    )
    (refused,) = problems_of(data)
    assert "which is no absence" in refused
    spoil(data / BETA, "searched: [shared loop]", "at: an event loop, searched: [shared loop]")
    assert problems_of(data) == []
