"""The page about an article's code blocks: every block, its findings, and lines that findings lead to."""

from __future__ import annotations

import re

import html5lib
import pytest


@pytest.fixture(scope="module")
def page(pages):
    return pages["code/article/"]


def test_every_block_is_there_in_both_forms(page, real):
    """Each has a section with its lines as they were run: first as printed, then corrected."""
    document = html5lib.parse(page.html, namespaceHTMLElements=False)
    sections = {section.get("id"): section for section in document.iter("section")}
    assert real.blocks.keys() <= sections.keys()
    for block in real.blocks:
        printed, corrected, *_ = ("".join(code.itertext()).strip() for code in sections[block].iterfind(".//pre/code"))
        run = real.readings.blocks.blocks[block]
        assert printed == run.printed.strip(), block
        assert corrected, block
        assert corrected in run.today, block


def test_every_line_that_a_finding_names_is_marked(page, real):
    named = set(re.findall(r'href="#(line-\d+)"', page.html))
    assert named == {f"line-{line}" for block in real.blocks.values() for one in block.findings for line in one.line}
    assert named == set(re.findall(r'<mark id="(line-\d+)">', page.html))


def test_every_finding_has_its_call_its_release_and_its_page(page, real):
    """Each stands in the same item of the list, in the order of the blocks and of their findings."""
    document = html5lib.parse(page.html, namespaceHTMLElements=False)
    items = [item for item in document.iter("ul") if item.get("class") == "findings"]
    shown = [item for found in items for item in found.findall("li")]
    findings = [finding for _, block in sorted(real.blocks.items()) for finding in block.findings]
    assert len(shown) == len(findings)
    assert any(finding.removed for finding in findings)
    for item, finding in zip(shown, findings, strict=True):
        said = " ".join("".join(item.itertext()).split())
        assert item.find("code").text == finding.call
        assert ("Removed in " in said) is bool(finding.removed), said
        assert not finding.removed or f"Removed in {finding.removed}." in said, said
        assert not finding.deprecated or f"since {finding.deprecated}." in said, said
        links = [link.get("href") for link in item.iter("a") if not link.get("href").startswith("#")]
        assert links == ([finding.source] if finding.source else [])


def test_it_stands_in_the_sitemap(published):
    assert "/code/article/</loc>" in (published / "sitemap.xml").read_text(encoding="utf-8")
