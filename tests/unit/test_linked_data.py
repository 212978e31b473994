"""What a page says of itself to search engines."""

from __future__ import annotations

import json

import pytest

from macros.plugin.linked_data import linked_data
from macros.plugin.pages import page_specs
from macros.plugin.snapshot import PageHead

ADDRESS = "https://guide.example.org/a"


def test_no_name_can_end_the_script():
    title = "</script><script>alert(1)</script>"
    head = PageHead(url="x/", title=title, description="<!-- & \u2028", kind_of="TechArticle")
    text = linked_data(head, ADDRESS)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["@graph"][0]["headline"] == head.title


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}/"])
def test_every_page_says_where_it_stands(site, address):
    for spec in page_specs(site):
        *about, crumbs = json.loads(linked_data(spec.head, address))["@graph"]
        assert crumbs["@type"] == "BreadcrumbList"
        items = crumbs["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert items[0]["item"] == "https://guide.example.org/a/"
        assert items[-1]["item"] == f"https://guide.example.org/a/{spec.url}"
        assert [found["url"] for found in about] == [items[-1]["item"]] * len(about)
        assert all(item["name"] for item in items)


def test_an_entry_is_software_and_a_pair_an_article(site):
    kinds = {spec.url: spec for spec in page_specs(site)}
    urls = ("frameworks/alpha/", "compare/alpha-vs-beta/")
    entry, pair = (json.loads(linked_data(kinds[url].head, ADDRESS))["@graph"] for url in urls)
    assert (entry[0]["@type"], entry[0]["name"]) == ("SoftwareApplication", "Alpha")
    assert (pair[0]["@type"], pair[0]["headline"]) == ("TechArticle", "Alpha vs Beta")
    assert [item["name"] for item in entry[1]["itemListElement"]] == ["Backend Field Guide", "Frameworks", "Alpha"]
