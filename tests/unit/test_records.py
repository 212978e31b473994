"""Text to data: positions, and what is refused instead of guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from macros.reading.documents import MAX_DEPTH, Document, parse, quoted, read, suggestion

RECORD = b"""\
# a comment
name: Django
facts:
  async-orm:
    value: partial
    via: [pkg:pypi/a, b]
  orm: built-in
"""


def problems(content: bytes | str) -> list[str]:
    content = content if isinstance(content, bytes) else content.encode()
    return [str(problem).removeprefix("x.yml:") for problem in parse(content, "x.yml").problems]


def document(text: str) -> Document:
    return parse(text.encode(), "x.yml")


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ((), (2, 1)),
        (("name",), (2, 1)),
        (("facts",), (3, 1)),
        (("facts", "async-orm"), (4, 3)),
        (("facts", "async-orm", "value"), (5, 5)),
        (("facts", "async-orm", "via", 0), (6, 11)),
        (("facts", "async-orm", "via", 1), (6, 23)),
        (("facts", "orm"), (7, 3)),
    ],
)
def test_every_key_and_item_has_its_place(where, place):
    found = parse(RECORD, "x.yml")
    assert found.positions[where] == place
    assert found.line(where) == place[0]
    assert str(found.problem(where, "Wrong.")) == f"x.yml:{place[0]}:{place[1]}: Wrong."


def test_a_problem_stands_at_the_nearest_thing_in_the_file():
    found = parse(RECORD, "x.yml")
    assert str(found.problem(("facts", "orm", "note", 3), "Wrong.")) == "x.yml:7:3: Wrong."
    assert str(found.problem(("evidence", 0), "Wrong.")) == "x.yml:2:1: Wrong."


def test_columns_count_characters_not_bytes():
    assert document("{é: ü, ß: x}").positions[("ß",)] == (1, 8)


def test_the_data_is_plain():
    found = document("a: b\nlist: [x, 1, 2.5]\nday: 2026-11-20\nquoted: '6.10'")
    assert found.data == {"a": "b", "list": ["x", 1, 2.5], "day": date(2026, 11, 20), "quoted": "6.10"}
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", ["3:1: a is given twice (first on line 1). Keep one."]),
        ("x:\n  a: 1\n  a: 2\n  a: 3", [f"{line}:3: a is given twice (first on line 2). Keep one." for line in (3, 4)]),
        ("x: {a: 1, a: 2}", ["1:11: a is given twice (first on line 1). Keep one."]),
        ("x: {a: 1}\ny: {a: 2}", []),
    ],
)
def test_a_duplicate_key_is_refused_with_both_lines(text, expected):
    assert problems(text) == expected


@pytest.mark.parametrize("word", ["no", "No", "NO", "on", "off", "yes", "true", "False"])
def test_yaml_takes_some_words_for_true_or_false(word):
    message = f'name is {word}, which YAML takes for true or false. Put it in quotes ("{word}") if it is meant as text.'
    assert problems(f"name: {word}") == [f"1:1: {message}"]


@pytest.mark.parametrize(("key", "shown"), [("no", "no"), ("3.10", "3.10"), ("2026-11-20", "2026-11-20"), ("<<", "<<")])
def test_a_key_that_yaml_takes_for_something_else_is_refused(key, shown):
    assert problems(f"{key}: x") == [f'1:1: The key "{shown}" is not text. Put it in quotes.']


def test_a_key_that_is_no_scalar_is_refused():
    assert problems("? [a, b]\n: c") == ["1:3: The key that is a list or a mapping is not text. Write a word."]


@pytest.mark.parametrize("text", ["name:", "name: ~", "name: null"])
def test_a_key_without_value_is_refused(text):
    assert problems(text) == ["1:1: name has no value. Give one or remove the line."]


@pytest.mark.parametrize(("written", "number"), [("6.10", 6.1), ("3", 3), ("010", 10)])
def test_a_number_keeps_how_it_was_written(written, number):
    found = document(f"version: {written}")
    assert found.data == {"version": number}
    assert found.raw[("version",)] == written


@pytest.mark.parametrize("text", ["1:30", "0x1F", "2026-02-30", "2026-1-5", "2026-11-20 10:00:00", ".inf", "none", "n"])
def test_what_is_neither_number_nor_day_stays_text(text):
    found = document(f"a: {text}")
    assert found.data == {"a": text}
    assert not found.problems


def test_tags_are_refused():
    assert problems("a: !python/name:os.system x") == [
        "1:1: a has the tag !python/name:os.system, and tags are not used here. Remove it."
    ]


@pytest.mark.parametrize(
    ("text", "place"), [("a:\n\tb: c", "2:1"), ("a: b\n  \tc: d", "2:3"), ("a:\n  - b\n\t- c", "3:1")]
)
def test_a_tab_in_the_indentation_is_refused(text, place):
    assert problems(text) == [f"{place}: There is a tab in the indentation. Indent with two spaces."]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# only a comment\n", b"---\n", b"~", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content):
    assert problems(content) == ["1:1: The file is empty. Fill it or remove it."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"name: \xff", "1:7: The file is not UTF-8: byte 0xff. Save it as UTF-8."),
        ("a: b\nname: Zürich".encode("latin-1"), "2:8: The file is not UTF-8: byte 0xfc. Save it as UTF-8."),
        ("name: x".encode("utf-16"), "1:1: The file is not UTF-8: byte 0xff. Save it as UTF-8."),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused(content, expected):
    assert problems(content) == [expected]


@pytest.mark.parametrize(
    ("text", "place"), [("a: &x 1\nb: *x", "1:4"), ("a: *x", "1:4"), ("a: b\nc: &anchor [d]", "2:4")]
)
def test_anchors_and_aliases_are_refused(text, place):
    cure = "Write the value out, or put the text in quotes."
    assert problems(text) == [f"{place}: Anchors and aliases (& and *) are not used here. {cure}"]


def test_aliases_that_multiply_cost_nothing():
    bomb = "a: &a [x, x, x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a, *a]" for n in range(1000))
    assert len(problems(bomb)) == 1


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 20_000])
def test_deep_nesting_is_refused(bracket, levels):
    if bracket == "- " and levels > 1000:
        levels = 1000
    column = len(bracket) * MAX_DEPTH + 1
    message = f"Nested more than {MAX_DEPTH} levels deep. A record needs six; look for a stray bracket."
    assert problems(bracket * levels) == [f"1:{column}: {message}"]


def test_a_file_holds_one_document():
    assert problems("a: b\n---\nc: d") == [
        "2:1: This is not YAML: but found another document. Look at this line and the one before: "
        'a missing quote, colon or indent. Text with ": " needs quotes.'
    ]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("a: b: c", "1:5", "mapping values are not allowed in this context"),
        ('a: "b\nc: d', "2:5", "found unexpected end of stream"),
        ("a: [b", "1:6", "did not find expected ',' or ']'"),
        ("a: @b", "1:4", "found character that cannot start any token"),
        ("a: `b`", "1:4", "found character that cannot start any token"),
        ("a: %b", "1:4", "found character that cannot start any token"),
        ("a: b\n c: d", "2:3", "mapping values are not allowed in this context"),
    ],
)
def test_broken_yaml_is_told_with_its_place_and_a_cure(text, place, reason):
    cure = 'Look at this line and the one before: a missing quote, colon or indent. Text with ": " needs quotes.'
    assert problems(text) == [f"{place}: This is not YAML: {reason}. {cure}"]


@pytest.mark.parametrize(("text", "place"), [("a: \x00", "1:4"), ("ä: ü\nö: ü\x07", "2:5"), ('a: "\x1b"', "1:5")])
def test_a_control_character_is_told_with_its_place(text, place):
    assert problems(text) == [f"{place}: There is a control character here. Remove it."]


def test_a_byte_order_mark_moves_nothing():
    found = parse(b"\xef\xbb\xbfname: Django", "x.yml")
    assert found.data == {"name": "Django"}
    assert found.positions[("name",)] == (1, 1)


def test_line_ends_of_windows_move_nothing():
    unix, windows = parse(RECORD, "x.yml"), parse(RECORD.replace(b"\n", b"\r\n"), "x.yml")
    assert windows.data == unix.data
    assert windows.positions == unix.positions
    assert problems("a: 1\r\na: 2\r\n") == ["2:1: a is given twice (first on line 1). Keep one."]


def test_reading_a_file_names_it_as_shown(tmp_path: Path):
    file = tmp_path / "x.yml"
    file.write_bytes(b"a: 1\na: 2")
    assert [str(problem) for problem in read(file, "data/x.yml").problems] == [
        "data/x.yml:2:1: a is given twice (first on line 1). Keep one."
    ]


def test_a_quotation_is_one_short_line():
    assert quoted("a\n  b") == '"a b"'
    assert quoted("x" * 61) == f'"{"x" * 59}…"'
    assert quoted("x" * 60) == f'"{"x" * 60}"'


def test_a_suggestion_is_the_nearest_choice_or_nothing():
    assert suggestion("async-ormm", ["orm", "async-orm", "async-handlers"]) == " Did you mean async-orm?"
    assert suggestion("ASYNC-ORM", ["async-orm"]) == " Did you mean async-orm?"
    assert suggestion("weather", ["orm", "async-orm"]) == ""
    assert suggestion("x", []) == ""
