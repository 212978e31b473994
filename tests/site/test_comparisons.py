"""The files that the page of comparisons reads: there for every entry, and small."""

from __future__ import annotations

import gzip
import json

MOST_BYTES = 60 * 1024
"""Packed with gzip: what six entries of a kind take, the largest ones, with what is asked of the kind."""
MOST_ENTRIES = 6


def test_what_six_entries_take_is_small(built, real):
    for kind in real.kinds:
        files = [built / "compare" / kind / f"{entry.id}.json" for entry in real.of_kind(kind)]
        packed = sorted((len(gzip.compress(file.read_bytes(), 6)) for file in files), reverse=True)
        asked = len(gzip.compress((built / "compare" / f"{kind}.json").read_bytes(), 6))
        total = asked + sum(packed[:MOST_ENTRIES])
        assert total <= MOST_BYTES, f"{kind}: {total} bytes packed; at most {MOST_BYTES} are allowed"


def test_they_say_what_the_data_says_whatever_it_is(awkward):
    answers = json.loads((awkward / "compare" / "frameworks" / "flask.json").read_text(encoding="utf-8"))
    notes = [fact[4] for fact in answers["facts"].values()]
    assert any('<b onclick="x">b</b>' in note for note in notes), "it is text, which the script puts in as text"
