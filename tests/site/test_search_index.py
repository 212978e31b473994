"""What the search knows: every page, in a small file, with addresses that are there."""

from __future__ import annotations

import gzip
import json
from itertools import combinations

import pytest

MOST_BYTES = 100 * 1024
"""Packed with gzip. It is read when the search is first used."""


@pytest.fixture(scope="module")
def index(built):
    return json.loads((built / "search" / "index.json").read_text(encoding="utf-8"))


def addresses(index) -> set[str]:
    """Return every address that a result can have, as docs/assets/js/search/find.js makes them."""
    entries = [(kind, name) for name, kind, *_ in index["entries"]]
    found = {f"{kind}/{name}/" for kind, name in entries}
    found |= {f"{kind}/{name}/code/" for kind, name in entries if name in index["code"]}
    found |= {f"{kind}/by/{name}/" for kind, name, *_ in index["criteria"]}
    found |= {
        "/".join((*entries[entry], f"#{index['criteria'][criterion][1]}")) for entry, criterion, *_ in index["facts"]
    }
    for (kind, one), (other_kind, other) in combinations(entries, 2):
        if kind == other_kind:
            pair = f"compare/{'-vs-'.join(sorted((one, other)))}/"
            found |= {pair, f"{pair}code/"} if {one, other} <= set(index["code"]) else {pair}
    return found | {address for address, *_ in index["pages"]}


def test_it_is_small(built):
    packed = len(gzip.compress((built / "search" / "index.json").read_bytes(), 6))
    assert packed <= MOST_BYTES, f"{packed} bytes packed; at most {MOST_BYTES} are allowed"


def test_every_page_is_found(index, pages):
    expected = {url for url, page in pages.items() if not page.is_redirect and url != "404.html"}
    assert expected - addresses(index) == set()


def test_every_result_leads_to_a_page_and_an_element(index, pages):
    for address in addresses(index):
        url, _, anchor = address.partition("#")
        url = url.partition("?")[0]
        assert url in pages, address
        assert not anchor or anchor in pages[url].ids, address


def test_every_criterion_has_an_answer_in_words(index):
    assert all(sentence.endswith(".") for _, _, _, _, sentence, _ in index["criteria"])
