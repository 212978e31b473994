"""The forms of single values: links, package URLs, ids, tiles, texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.schema.fields import bare, link, package_name, package_page, package_url, plain, slug, tile_form, visible
from tests.unit.spoiling import ALPHA, PAGES, spoil

UNSEEN = {
    "\u202e": "U+202E (right-to-left override)",
    "\u2066": "U+2066 (left-to-right isolate)",
    "\u200f": "U+200F (right-to-left mark)",
    "\u061c": "U+061C (arabic letter mark)",
    "\u200b": "U+200B (zero width space)",
    "\u200d": "U+200D (zero width joiner)",
    "\u2060": "U+2060 (word joiner)",
    "\ufeff": "U+FEFF (zero width no-break space)",
    "\u00ad": "U+00AD (soft hyphen)",
    "\U000e0041": "U+E0041 (tag latin capital letter a)",
}


@pytest.mark.parametrize(
    "address",
    [
        "https://www.djangoproject.com/",
        "https://example.org",
        "https://example.org:8443/a/b.html?c=d&e=f#g",
        "https://de.example.org/wiki/Zürich_(Stadt)",
    ],
)
def test_links(address):
    assert link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "HTTPS://example.org/",
        "//example.org/",
        "/matrix/",
        "example.org",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "https:javascript:alert(1)",
        "data:text/html,x",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://localhost/",
        "https://192.0.2.1/",
        'https://example.org/"onclick="x',
        "https://example.org/'x",
        "https://example.org/<b>",
        "https://example.org/a b",
        "https://example.org/{{ x }}",
        "https://example.org/\n",
        " https://example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org?x=1",
        "",
    ],
)
def test_no_links(address):
    with pytest.raises(ValueError, match="is not a link"):
        link(address)


@pytest.mark.parametrize("address", PAGES)
def test_links_to_registries_are_package_urls_instead(address):
    with pytest.raises(ValueError, match="points to a package registry"):
        link(address)


@pytest.mark.parametrize(
    ("purl", "name"),
    [
        ("pkg:pypi/django", "django"),
        ("pkg:npm/express", "express"),
        ("pkg:npm/%40nestjs/core", "@nestjs/core"),
    ],
)
def test_package_urls(purl, name):
    assert package_url(purl) == purl
    assert package_name(purl) == name
    assert package_page(purl).startswith("https://")
    assert name.rpartition("/")[2] in package_page(purl)


@pytest.mark.parametrize(
    "purl",
    [
        "",
        "django",
        "pypi/django",
        "pkg:",
        "pkg:pypi",
        "pkg:pypi/",
        "pkg:pypi/a/b",
        "pkg:gem/rails",
        "pkg:pypi/a@1",
        "pkg:pypi/a?b=c",
        "pkg:pypi/a#b",
        "pkg:pypi/<b>",
        "pkg:npm/[",
        "pkg:npm/%22/x",
        "javascript:alert(1)",
    ],
)
def test_no_package_urls(purl):
    with pytest.raises(ValueError, match="is not a package URL"):
        package_url(purl)


@pytest.mark.parametrize("text", ["", "A", "a_b", "a--b", "-a", "a-", "1a", "a b", "ä", "a\n", "a/b", "..", "a.b"])
def test_no_ids(text):
    with pytest.raises(ValueError, match="is not an id"):
        slug(text)


@pytest.mark.parametrize("text", ["DJ", "D", "dj", "Djo", "D1", "Äö", "Dj\n", ""])
def test_no_tiles(text):
    with pytest.raises(ValueError, match="is not a tile"):
        tile_form(text)


@pytest.mark.parametrize(
    "text", ["a\nb", "a\x00", "a\x1bb", "a\x7fb", "a\x9fb", "a\u2028b", "a\u2029b", "a\x85b", "a\tb"]
)
def test_no_plain_texts(text):
    with pytest.raises(ValueError, match="has a line break or a control character"):
        plain(text)


def test_plain_texts_keep_what_they_say():
    assert plain(" <b> & \"'`|{{ x }} אב é 👍 ") == "<b> & \"'`|{{ x }} אב é 👍"


@pytest.mark.parametrize("check", [plain, bare, visible, link])
@pytest.mark.parametrize(("sign", "said"), UNSEEN.items(), ids=UNSEEN.values())
def test_what_cannot_be_seen_is_refused_by_name(check, sign, said):
    with pytest.raises(ValueError, match=re.escape(f"contains {said}, which cannot be seen. Remove it.")):
        check(f"https://example.org/a{sign}b")


@pytest.mark.parametrize("written", ["\u202e", r'"Al\u202epha"'], ids=["as it is", "as an escape"])
def test_a_name_that_reads_backwards_is_refused(written, data: Path, problems_of):
    spoil(data / ALPHA, "name: Alpha", f"name: {written if len(written) > 1 else f'Al{written}pha'}")
    said = "contains U+202E (right-to-left override), which cannot be seen. Remove it."
    assert problems_of(data) == [f'data/{ALPHA}:1:1: name "Al\\u202epha" {said}']
