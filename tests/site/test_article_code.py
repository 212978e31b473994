"""The page about an article's code blocks: every block, its findings, and lines that findings lead to."""

from __future__ import annotations

import re

import html5lib
import pytest


@pytest.fixture(scope="module")
def of_blocks(pages, real):
    """Return the page of each block."""
    return {block: pages[f"code/article/{block}/"] for block in real.blocks}


def test_every_block_has_a_page_with_both_forms(of_blocks, real):
    """Each has its lines as they were run: first as printed, then corrected."""
    for block, page in of_blocks.items():
        document = html5lib.parse(page.html, namespaceHTMLElements=False)
        printed, corrected, *_ = ("".join(code.itertext()).strip() for code in document.iterfind(".//pre/code"))
        run = real.readings.blocks.blocks[block]
        assert printed == run.printed.strip(), block
        assert corrected, block
        assert corrected in run.today, block


def test_every_line_that_a_finding_names_is_marked(pages, of_blocks, real):
    for block, page in of_blocks.items():
        named = set(re.findall(r'href="#(line-\d+)"', page.html))
        assert named == {f"line-{line}" for one in real.blocks[block].findings for line in one.line}
        assert named == set(re.findall(r'<mark id="(line-\d+)">', page.html))
        listed = set(re.findall(rf'href="[^"]*{block}/#(line-\d+)"', pages["code/article/"].html))
        assert listed == named


def test_every_finding_has_its_call_its_release_and_its_page(of_blocks, real):
    """Each stands in the same item of the list, in the order of the findings."""
    assert any(finding.removed for block in real.blocks.values() for finding in block.findings)
    for block, page in of_blocks.items():
        document = html5lib.parse(page.html, namespaceHTMLElements=False)
        shown = [
            item for found in document.iter("ul") if found.get("class") == "findings" for item in found.findall("li")
        ]
        findings = real.blocks[block].findings
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
