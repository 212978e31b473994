"""Whatever is wrong with a record, every mistake is reported once, at its own place, and nothing that follows."""

from __future__ import annotations

import shutil
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.mutations import FEW
from tests.unit.spoiling import ALPHA, CAPABILITY, HERE, KEYS
from tests.unit.test_checks import MISTAKES

NEW = """\
name: Example
tile: Ex
language: Python
homepage_url: https://example.example.org/
summary: Framework in which as many things as possible are wrong.
strengths:
  - {text: It is fast, because: spede}
  - {text: It has a mapper, because: orm}
relations:
  - {type: build-on, to: alpha}
  - {type: built-on, to: alfa}
used-with: [Motor, moter]
inherits: {from: alpha, facts: [admin, websocket]}
evidence:
  - source: http://example.example.org/
    version: 1.10
    checked: 2026-11-21
    facts:
      async-handlers: {value: partial, nte: Only some.}
      asgi-native: by_hand
      orm: third-party
  - source: https://example.example.org/licence/
    facts:
      licence: mit
      eol: 2027-01-31
"""
EXPECTED = f"""\
4:1: homepage_url is not a key here. Did you mean website? {KEYS}
7:24: because "spede" is not a criterion of frameworks. Did you mean scope?
10:6: type must be one of built-on, extension-of, successor, forked-to, renamed-to, not-to-be-confused-with; not "build-on". Did you mean built-on?
11:22: to "alfa" is not the id of an entry. Did you mean alpha?
12:13: used-with "Motor" is not an id. Use lower-case letters, digits and single hyphens, such as django-ninja.
12:20: used-with "moter" is not the id of another entry. Did you mean motor?
13:40: alpha does not answer websocket itself. Did you mean websockets? Remove it, or add the fact there.
15:5: source "http://example.example.org/" is not a link that starts with https:// and has no spaces or quotes. Copy it from the browser.
16:5: version must be text. Put it in quotes: "1.10".
17:5: checked 2026-11-21 is in the future (today is 2026-11-20). Write the day you read the page.
19:40: nte is not a key here. Did you mean note? Keys are at, demonstration, despite-probe, note, other-meanings, searched, since, value, via.
20:7: asgi-native must be one of {CAPABILITY}; not "by_hand". Did you mean by-hand?
21:7: orm is third-party without via. Add via: and the package, such as pkg:pypi/channels, or an entry's id.
22:5: checked is missing. Add it.
24:7: licence must be a licence such as MIT; not "mit".
25:7: eol is not a criterion of frameworks. They are listed in data/criteria/frameworks.yml.
"""  # noqa: E501 - one message, one line

UNKNOWABLE = {"▸from: alfa", "▸criterion: async-handler"}
"""Mistakes after which it cannot be known whether what refers to them is right."""
INDEPENDENT = [row for row in MISTAKES if row[2] not in UNKNOWABLE and "on line" not in row[3]]


def test_two_mistakes_of_form_hide_no_other(data: Path, problems_of):
    (data / "frameworks/example.yml").write_text(NEW, encoding="utf-8")
    assert problems_of(data) == [f"data/frameworks/example.yml:{line}" for line in EXPECTED.splitlines()]


@pytest.fixture(scope="module")
def folder(good: Path, tmp_path_factory) -> Path:
    return Path(shutil.copytree(good.parent, tmp_path_factory.mktemp("many") / "copy")) / "data"


@given(rows=st.lists(st.sampled_from(INDEPENDENT), min_size=2, max_size=12, unique_by=lambda row: row[:3]))
@settings(FEW, max_examples=60)
def test_n_mistakes_give_n_messages(folder, good, problems_of, rows):
    """Mistakes that touch the same words are left out; every other one is reported as if it were alone."""
    edits: dict[str, list[tuple[int, int, str, str]]] = {}
    for file, old, new, message in rows:
        start = (good / file).read_text(encoding="utf-8").index(old)
        end = start + len(old)
        if all(end <= other[0] or other[1] <= start for other in edits.get(file, [])):
            edits.setdefault(file, []).append((start, end, new, message))
    expected = [line for file, found in edits.items() for line in spoil(folder, good, file, found)]
    try:
        assert sorted(problems_of(folder)) == sorted(expected)
    finally:
        for file in edits:
            shutil.copy(good / file, folder / file)


def spoil(folder: Path, good: Path, file: str, edits: list[tuple[int, int, str, str]]) -> list[str]:
    """Make the mistakes in one file, and return the messages with the places of their marks."""
    before, after, at, expected = (good / file).read_text(encoding="utf-8"), "", 0, []
    for start, end, new, message in sorted(edits):
        head, mark, tail = new.partition(HERE)
        after += before[at:start] + head
        place = f"{after.count(chr(10)) + 1}:{len(after) - after.rfind(chr(10))}" if mark else "1:1"
        expected.append(f"data/{file}:{place}: {message}")
        after, at = after + tail, end
    (folder / file).write_text(after + before[at:], encoding="utf-8")
    return expected


TEXTS = {
    "name": "name: Alpha",
    "summary": "summary: Framework in which data, pages and users belong together",
    "ends": "  ends: It has no container",
    "like": "  like: Spring Boot",
    "because text": "  - text: Mapper and back office fit together",
    "event": "text: Version 1.0 came out",
    "release": 'since: "2.0',
}
FORMAT = [sign for sign in map(chr, [*range(0x80, 0x3000), *range(0xFE00, 0x10000), *range(0xE0000, 0xE0080)])
          if category(sign) == "Cf"]  # fmt: skip


@given(sign=st.sampled_from(FORMAT), where=st.tuples(st.sampled_from(list(TEXTS.values())), st.integers(1, 12)))
@settings(FEW, max_examples=80)
def test_no_text_holds_what_cannot_be_seen(folder, good, problems_of, sign, where):
    """Wherever it stands in a text, at its end as well."""
    text, place = where
    label, _, words = text.rpartition(": ")
    at = min(place, len(words))
    spoiled = f"{label}: {words[:at]}{sign}{words[at:]}"
    content = (good / ALPHA).read_text(encoding="utf-8")
    assert content.count(text) == 1
    (folder / ALPHA).write_text(content.replace(text, spoiled), encoding="utf-8")
    try:
        (line,) = problems_of(folder)
        assert f"contains U+{ord(sign):04X} (" in line
        assert sign not in line
    finally:
        shutil.copy(good / ALPHA, folder / ALPHA)
