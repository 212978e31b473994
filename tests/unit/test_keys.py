"""Keys: misspelt, in another word, missing, given twice; what they hide and what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.schema.words import ELSEWHERE, OTHER_NAMES
from tests.unit.spoiling import A_NUMBER, ALPHA, BETA, CAPABILITY, KEYS, KIND, SHARED, STACK, spoil


def test_a_misspelt_key_is_not_missing_too(data: Path, problems_of):
    spoil(data / ALPHA, "summary:", "sumary:")
    assert problems_of(data) == [f"data/{ALPHA}:7:1: sumary is not a key here. Did you mean summary? {KEYS}"]


@pytest.mark.parametrize(
    ("word", "key"),
    [*OTHER_NAMES.items(), ("home_page", "website"), ("Homepage_URL", "website"), ("best_for", "best-for")],
)
def test_another_word_for_a_key_says_which_key_is_meant(word, key, data: Path, problems_of):
    text = (data / ALPHA).read_text(encoding="utf-8")
    (data / ALPHA).write_text(f"\n{text}".replace(f"\n{key}:", f"\n{word}:", 1), encoding="utf-8")
    (line,) = problems_of(data)
    assert f": {word} is not a key here. Did you mean {key}? Keys are " in line


@pytest.mark.parametrize("word", ["license", "licence", "version", "downloads"])
def test_what_belongs_elsewhere_says_where(word, data: Path, problems_of):
    spoil(data / ALPHA, "tile: Al", f"tile: Al\n{word}: x")
    assert problems_of(data) == [f"data/{ALPHA}:3:1: {word} is not a key here. {ELSEWHERE[word]}"]


def test_a_day_among_the_facts_means_what_its_criterion_asks(data: Path, problems_of):
    """It is not the day on which a page was read: one that is in the future lacks nothing but its quotes."""
    asked = "  - {id: eol, name: End, question: Until when?, pattern: '.+', form: a day}\n  - id: docs-tutorial"
    spoil(data / SHARED, "  - id: docs-tutorial", asked)
    spoil(data / KIND, "[licence, docs-tutorial]", "[licence, docs-tutorial, eol]")
    place = spoil(data / BETA, "admin: by-hand", "▸eol: 2031-01-31")
    assert problems_of(data) == [f'data/{BETA}:{place}: value {A_NUMBER} "2031-01-31".']
    spoil(data / BETA, "2031-01-31", '"2031-01-31"')
    assert problems_of(data) == []


def test_what_is_below_a_misspelt_key_is_read(data: Path, problems_of):
    spoil(data / BETA, "    facts:", "    fcts:")
    spoil(data / BETA, "admin: by-hand", "admin: by_hand")
    assert [line.split(": ", 1)[1] for line in problems_of(data)] == [
        "fcts is not a key here. Did you mean facts? Keys are at, checked, facts, of, source, version.",
        f'admin must be one of {CAPABILITY}; not "by_hand". Did you mean by-hand?',
    ]


@pytest.mark.parametrize("key", ["series", "statements"])
def test_a_misspelt_key_of_a_mapping_in_place_of_a_list_is_reported(key, data: Path, problems_of):
    """It is read as a list with one item, so that the key does not stand where it was looked for: once without end."""
    with (data / ALPHA).open("a", encoding="utf-8") as file:
        file.write(f"\n{key}: {{nmae: 1, sorce: https://alpha.example.org/, chekced: 2026-11-20}}\n")
    found = problems_of(data)
    assert found
    assert all(line.startswith(f"data/{ALPHA}:") for line in found)
    assert any(f"{word} is not a key here. Did you mean " in line for line in found for word in ("sorce", "chekced"))


@pytest.mark.parametrize(("written", "shown"), [("a\\nb", "a b"), ("a\\u2028b", "a b"), ("a\\e[31mb", "a\\u001b[31mb")])
def test_a_key_with_a_line_end_or_a_command_for_a_terminal_is_quoted_in_one_line(
    written, shown, data: Path, problems_of
):
    place = spoil(data / BETA, "admin: by-hand", f'▸"{written}": by-hand')
    assert any(line.startswith(f"data/{BETA}:{place}: {shown} is not a criterion") for line in problems_of(data))
    assert all(line.isprintable() for line in problems_of(data))


def test_what_is_wrong_with_a_list_hides_nothing_else(data: Path, problems_of):
    spoil(data / STACK, "entry: alpha", "entri: alpha")
    spoil(data / STACK, "goal: Pages", "gaol: Pages")
    assert [line.split(": ", 1)[1] for line in problems_of(data)] == [
        "gaol is not a key here. Did you mean goal? Keys are goal, name, parts, said, use-case, verdict, why.",
        "entri is not a key here. Did you mean entry? Keys are because, entry, outside, role.",
    ]


def test_a_value_that_yaml_guesses_hides_no_missing_key(data: Path, problems_of):
    (data / "frameworks/new.yml").write_text("name: no\ntile: Ne\n", encoding="utf-8")
    assert problems_of(data) == [
        f"data/frameworks/new.yml:1:1: {message}"
        for message in (
            "evidence is missing. Add it.",
            "language is missing. Add it.",
            'name is no, which YAML takes for true or false. Put it in quotes ("no") if it is meant as text.',
            "summary is missing. Add it.",
            "website is missing. Add it.",
        )
    ]


def test_a_key_that_reads_backwards_is_refused(data: Path, problems_of):
    spoil(data / ALPHA, "tile: Al", "tile: Al\n\u202espring: x")
    said = r'The key "\u202espring" contains U+202E (right-to-left override). Remove it.'
    assert problems_of(data) == [f"data/{ALPHA}:3:1: {said}"]


@pytest.mark.parametrize("written", ["[]", "{because: It is so.}", "{when: {}, then: {}, because: It is so.}"])
def test_an_implication_that_is_refused_is_asked_of_no_record(written, data: Path, problems_of):
    before, given = (data / KIND).read_text(encoding="utf-8").split("implications:\n")
    assert given.count("\n") == 1
    (data / KIND).write_text(f"{before}implications:\n  - {written}\n", encoding="utf-8")
    found = problems_of(data)
    assert found
    assert all(line.startswith(f"data/{KIND}:") for line in found)


@pytest.mark.parametrize("written", ["", "[]", "{vlaue: none}", "yes"])
def test_a_fact_that_no_criterion_asks_for_is_reported_once_whatever_it_says(written, data: Path, problems_of):
    place = spoil(data / BETA, "admin: by-hand", f"admin: by-hand\n      ▸name: {written}")
    (line,) = problems_of(data)
    assert line.startswith(f"data/{BETA}:{place}: name is not a criterion of frameworks.")


@pytest.mark.parametrize("address", ["https://[x](y)beta.example.org/", "https://[::1/", "http://["])
def test_an_address_that_cannot_be_split_is_refused(address, data: Path, problems_of):
    place = spoil(data / BETA, "website: https://beta.example.org/", f"▸website: '{address}'")
    assert problems_of(data)[0].startswith(f'data/{BETA}:{place}: website "{address}" is not a link that starts with')
