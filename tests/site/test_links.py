"""Every link, anchor and asset of the built site resolves, and every page can be reached."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from macros.schema import routes
from tests.conftest import PREFIX

MAY_LEAVE = {("a", "href", ""), ("a", "href", "license"), ("link", "href", "canonical")}
"""Tag, attribute and rel of the only references that may name another host; og:url and og:image are <meta>."""
IN_STYLES = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)|@import\s+["']([^"']+)""")


def broken(pages: Mapping[str, object], site: Path, prefix: str) -> Iterator[str]:
    """Yield what leads nowhere, as one line each."""
    ids = {url: set(page.ids) for url, page in pages.items()}
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    for url, page in pages.items():
        for reference, target, anchor in page.internal(prefix):
            if target is None:
                yield f"{url}: {reference.value} leaves the site's path"
            elif target not in pages and target not in files:
                yield f"{url}: {reference.value} leads to no file"
            elif anchor and anchor not in ids.get(target, ()):
                yield f"{url}: {reference.value} leads to no element"
        yield from (f"{url}: no element has the id {name}" for name in page.names_of_ids if name not in ids[url])


@pytest.mark.long
def test_every_link_anchor_and_asset_resolves_below_any_path(pages, built):
    own = {url: page for url, page in pages.items() if url != "404.html"}
    assert list(broken({**pages, **own}, built, "/")) == []
    assert [line for line in broken(pages, built, "/a/b/") if not line.startswith("404.html:")] == []


def test_every_link_of_the_published_site_resolves_the_404_page_included(published_pages, published):
    assert list(broken(published_pages, published, PREFIX)) == []


def test_ids_are_unique_on_each_page(pages):
    twice = {url: [name for name, count in Counter(page.ids).items() if count > 1] for url, page in pages.items()}
    assert {url: names for url, names in twice.items() if names} == {}


def test_every_page_is_reachable_from_home(pages):
    reached, waiting = set(), [""]
    while waiting:
        url = waiting.pop()
        if url in reached or url not in pages:
            continue
        reached.add(url)
        links = (
            (reference, target) for reference, target, _ in pages[url].internal("/") if reference.tag in ("a", "form")
        )
        waiting += [target for _, target in links if target is not None]
    unreached = {url for url, page in pages.items() if not page.is_redirect} - reached
    assert unreached == {"404.html"}
    assert len(reached) > 100


def test_nothing_is_asked_of_another_host(published_pages):
    strays = [
        f"{url}: <{reference.tag} {reference.attribute}={reference.value!r} rel={reference.rel!r}>"
        for url, page in published_pages.items()
        for reference in page.references
        if (urlsplit(reference.value).netloc or urlsplit(reference.value).scheme not in ("", "data"))
        and (reference.tag, reference.attribute, reference.rel) not in MAY_LEAVE
    ]
    assert strays == []
    addresses = {
        (name, page.meta[name])
        for page in published_pages.values()
        for name in page.meta
        if "://" in page.meta[name] and name not in ("og:url", "og:image")
    }
    assert addresses == set()


def test_every_link_to_another_host_is_secure(published_pages):
    schemes = Counter(
        urlsplit(reference.value).scheme for page in published_pages.values() for reference in page.references
    )
    assert set(schemes) <= {"", "https", "data"}


def test_style_sheets_refer_to_files_of_the_site(built):
    loaded = [file for file in built.rglob("*.css") if "assets/css" in file.as_posix()]
    assert loaded
    for file in loaded:
        for found in IN_STYLES.findall(file.read_text(encoding="utf-8")):
            reference = found[0] or found[1]
            assert not urlsplit(reference).netloc, f"{file.name} asks another host: {reference}"
            assert (file.parent / reference).is_file(), f"{file.name} refers to {reference}"


def test_no_page_loads_the_themes_script(pages):
    assert [url for url, page in pages.items() if re.search(r"<script[^>]* src=[^>]*javascripts", page.html)] == []


def test_reversed_pairs_lead_to_the_pair(pages):
    redirects = {url: page for url, page in pages.items() if page.is_redirect and url not in routes.MOVED}
    pairs = [url for url in pages if re.fullmatch(r"compare/.+-vs-.+/", url) and url not in redirects]
    assert len(redirects) == len(pairs) > 0
    for url, page in redirects.items():
        (_, target, anchor), *others = page.internal("/")
        one, _, rest = url.removeprefix("compare/").partition("-vs-")
        other, _, code = rest.partition("/")
        forward = f"{other}-vs-{one}/{code}"
        assert (target, anchor) == (f"compare/{forward}", ""), url
        assert {found for _, found, _ in others} == {target, "assets/favicon.svg"}, url
        assert one > other, f"{url} stands in the order of a pair"
        up = "../../" if code else "../"
        assert f'location.replace("{up}{forward}" + location.search + location.hash)' in page.html
        assert page.meta["refresh"].endswith(f"url={up}{forward}"), "without JavaScript it leads there too"


@pytest.mark.parametrize(("url", "target"), routes.MOVED.items())
def test_sections_without_an_overview_lead_to_a_page(pages, url, target):
    assert pages[url].is_redirect
    assert not pages[target].is_redirect
    assert (target, "") in {(found, anchor) for _, found, anchor in pages[url].internal("/")}
    assert pages[url].meta["refresh"].endswith(f"url=../{target}")


def test_every_address_is_in_the_table_of_routes(pages, built, real):
    """A kind or a matrix that took one of them would be written over, or would write over it."""
    assert {path.name for path in built.iterdir() if path.is_dir()} <= {*routes.SECTIONS, *real.kinds}
    for section, contributed in (("matrix", {*real.matrices, *real.kinds}), ("guide", {*real.use_cases})):
        found = {path.name for path in (built / section).iterdir() if path.is_dir()}
        assert found == contributed | routes.fixed_names(section), section


@pytest.mark.parametrize("url", ["frameworks/", "libraries/", "compare/", "matrix/", "guide/", "stacks/", "method/"])
def test_addresses_that_are_a_promise(pages, url):
    assert url in pages
