"""Pages in Markdown: data shows as it is, whatever signs it has."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from macros.plugin.pages import page_specs
from macros.plugin.state import root_of
from macros.rendering.twins import TEMPLATES, Texts, escaped, llms, target
from macros.views.site import Site

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
LINK = re.compile(r"\]\((?!https?:)([^)#?]*)")
SIGNS = st.text(st.sampled_from("ab1_*`[]()<>|&;~#+-=.!\\: 2)\"'{}/é"), min_size=1, max_size=20)


def shown(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@given(SIGNS)
def test_a_value_shows_as_it_is_in_a_paragraph_a_list_and_a_table(text):
    value, wanted = escaped(text.strip()), " ".join(text.split())
    if not wanted:
        return
    for before, around in (("", "p"), ("- ", "li"), ("- a: ", "li"), ("# ", "h1"), ("> ", "p")):
        html = MARKDOWN.render(f"{before}{value}\n")
        assert shown(html) == f"{'a: ' if before == '- a: ' else ''}{wanted}".strip(), html
        assert set(re.findall(r"<(\w+)", html)) <= {around, "ul", "blockquote"}, html
    table = MARKDOWN.render(f"| a | b |\n|---|---|\n| c | {value} |\n")
    assert shown(table) == f"a b c {wanted}"
    assert table.count("<td>") == 2


@given(st.text(st.sampled_from("ab1/()<>\\ .#?=&%"), min_size=1, max_size=20))
def test_no_address_ends_the_link_that_it_is_the_target_of(text):
    html = MARKDOWN.render(f"[x](https://a.example/{target(text)}) after")
    assert re.fullmatch(r'<p><a href="[^"]*">x</a> after</p>\n', html), html


def test_words_keep_their_underscores():
    assert escaped("select_related of _meta") == "select_related of \\_meta"
    assert escaped("3.14.5") == "3.14.5"
    assert escaped("1. first") == "1\\. first"


@pytest.fixture(scope="module")
def twins(site: Site) -> dict[str, str]:
    texts = Texts(site)
    return {
        spec.url: texts(spec.twin, root_of(spec.url), **spec.context()).decode()
        for spec in page_specs(site)
        if spec.twin
    }


def test_every_entry_pair_criterion_and_use_case_has_a_page_in_markdown(site, twins):
    catalog = site.catalog
    wanted = {entry.url for entry in catalog.entries.values()}
    wanted |= {f"compare/{one.id}-vs-{other.id}/" for kind in catalog.kinds for one, other in catalog.pairs(kind)}
    wanted |= {f"{kind.id}/by/{name}/" for kind in catalog.kinds.values() for name in kind.criteria}
    wanted |= {f"guide/{name}/" for name in catalog.use_cases}
    assert set(twins) == wanted


def test_links_between_them_lead_somewhere(site, twins):
    for url, text in {**twins, "": llms(site, "").decode()}.items():
        for found in LINK.findall(text):
            path = f"{url}{found}"
            while "../" in path:
                path = re.sub(r"[^/]+/\.\./", "", path, count=1)
            known = path.removesuffix("index.md") in twins or path in ("method/", "feeds/changes.xml")
            assert known, f"{url}: {found}"


def test_a_page_says_the_facts_of_its_entry_with_their_pages(site, twins):
    for entry in site.catalog.entries.values():
        text = twins[entry.url]
        assert text.startswith(f"# {escaped(entry.name)}")
        assert not entry.told or f"({entry.told})" in text.splitlines()[0]
        for fact in entry.facts.values():
            assert f"{escaped(fact.criterion.name)}: {escaped(fact.text)}" in text
            assert f"]({target(fact.link)})" in text


def test_tables_have_as_many_cells_as_columns(twins):
    for url, text in twins.items():
        for table in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
            counts = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(counts) == 1, f"{url}: {table}"


def test_a_statement_stands_at_its_fact(twins):
    (line,) = (line for line in twins["frameworks/beta/"].splitlines() if line.startswith("- Async handlers"))
    assert "Ada B., maintainer of Beta, 18 Nov 2026: “The next release has one loop for all.”" in line


def test_the_list_for_programs_has_the_form_that_was_proposed(site):
    """https://llmstxt.org/: a heading, a quotation, text without headings, then sections of links."""
    lines = [line for line in llms(site, "").decode().splitlines() if line]
    assert re.match(r"# \S", lines[0])
    assert lines[1].startswith("> ")
    sections = lines[3:]
    assert sections[0].startswith("## ")
    assert [line for line in sections if not re.match(r"## \S|- \[.+\]\(\S+\): \S", line)] == []


def test_no_template_prints_without_escaping():
    for file in TEMPLATES.iterdir():
        assert "safe" not in file.read_text(encoding="utf-8"), file.name
