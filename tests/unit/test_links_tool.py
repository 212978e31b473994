"""Which links are opened every week, and what is reported of those that do not answer."""

from __future__ import annotations

import pytest

from tools import links

ANSWER = {
    "total": 4,
    "error_map": {
        "links.txt": [
            {"url": "https://a.org/gone", "status": {"text": "Rejected status code: 404 Not Found", "code": 404}},
            {"url": "https://b.org/", "status": {"text": "Network error: …", "details": "Connection\nrefused"}},
        ]
    },
    "timeout_map": {"links.txt": [{"url": "https://c.org/slow", "status": {"text": "Timeout"}}]},
}
"""What lychee 0.24 writes, shortened."""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("source: https://a.org/b?c=d#e", "https://a.org/b?c=d#e"),
        ("see [it](https://a.org/b).", "https://a.org/b"),
        ("(as https://a.org/b_(c) says)", "https://a.org/b_(c)"),
        ("**https://a.org/b**,", "https://a.org/b"),
        ("<https://a.org/>", "https://a.org/"),
        ('website: "https://a.org/"', "https://a.org/"),
        ("`https://a.org/x`", "https://a.org/x"),
        ("[[https://a.org/x]]", "https://a.org/x"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text, address, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(text)
    assert links.links(tmp_path) == {address: ["docs/page.md:1"]}


def test_records_and_pages_are_read_and_measurements_are_not(tmp_path):
    for name in ("data/frameworks/a.yml", "data/measured/books/a.yml", "docs/index.md", "docs/site.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"x: 1\nsource: https://a.org/\nfile: https://b.org/{name}\n")
    assert links.links(tmp_path) == {
        "https://a.org/": ["data/frameworks/a.yml:2", "docs/index.md:2"],
        "https://b.org/data/frameworks/a.yml": ["data/frameworks/a.yml:3"],
        "https://b.org/docs/index.md": ["docs/index.md:3"],
    }


def test_the_real_sources_are_among_them():
    found = links.links(links.ROOT)
    places = {place.partition(":")[0] for where in found.values() for place in where}
    assert {file.relative_to(links.ROOT).as_posix() for file in links.ROOT.glob("data/frameworks/*.yml")} <= places


def test_each_link_that_does_not_answer_is_reported_with_its_places():
    text = links.report(ANSWER, {"https://a.org/gone": ["data/a.yml:1", "docs/b.md:2"]})
    assert text.splitlines()[:5] == [
        "3 of 4 links did not answer when they were opened this week.",
        "",
        "- [ ] https://a.org/gone (Rejected status code: 404 Not Found) in `data/a.yml:1`, `docs/b.md:2`",
        "- [ ] https://b.org/ (Connection refused)",
        "- [ ] https://c.org/slow (Timeout)",
    ]


def test_nothing_is_reported_where_all_answer():
    assert links.report({"total": 4, "error_map": {}, "timeout_map": {}}, {}) == ""


def test_a_wrong_call_lists_the_calls(capsys):
    assert links.main(["open"]) == 2
    assert "report FILE" in capsys.readouterr().err
