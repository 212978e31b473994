"""The same data gives the same bytes, below any path; addresses of a published site are right."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from pathlib import Path

import pytest

from macros.plugin.snapshot import PICTURE
from macros.schema import routes
from tests.conftest import PREFIX, REPO_URL, SITE_URL, build


def digests(site: Path) -> dict[str, str]:
    """Return the digest of every file."""
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.long
def test_another_build_in_another_folder_is_the_same_bytes(built, repository, tmp_path, epoch):
    for file in sorted(repository.rglob("*"), reverse=True):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    build(
        tmp_path / "again",
        repository,
        SOURCE_DATE_EPOCH=epoch,
        PYTHONHASHSEED="4242",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        FIELD_GUIDE_CACHE="",
    )
    first, again = digests(built), digests(tmp_path / "again")
    assert first.keys() == again.keys()
    assert [name for name in first if first[name] != again[name]] == []
    assert len(first) > 300


def test_only_addresses_differ_below_a_prefix(built, published):
    with_pictures = digests(published).keys()
    assert digests(built).keys() == {name for name in with_pictures if not name.endswith(f"/{PICTURE}")}


def test_canonical_addresses_stand_below_the_prefix(published_pages):
    for url, page in published_pages.items():
        canonical = [reference.value for reference in page.references if reference.rel == "canonical"]
        if url in routes.MOVED:
            assert canonical == [f"../{routes.MOVED[url]}"]
        elif page.is_redirect:
            one, _, rest = url.removeprefix("compare/").partition("-vs-")
            other, _, code = rest.partition("/")
            assert canonical == [f"{'../../' if code else '../'}{other}-vs-{one}/{code}"]
        elif url == "404.html":
            assert canonical == []
        else:
            assert canonical == [f"{SITE_URL}{url}"]
            assert page.meta["og:url"] == f"{SITE_URL}{url}"


def test_a_site_that_does_not_know_its_address_states_none(pages):
    for url, page in pages.items():
        stated = [reference for reference in page.references if reference.rel == "canonical"]
        assert page.is_redirect or (stated == [] and "og:url" not in page.meta), url


def test_the_sitemap_lists_every_page_once(published, published_pages):
    text = (published / "sitemap.xml").read_text(encoding="utf-8")
    listed = re.findall(r"<loc>(.*?)</loc>", text)
    expected = {
        f"{SITE_URL}{url}" for url, page in published_pages.items() if not page.is_redirect and url != "404.html"
    }
    assert set(listed) == expected
    assert len(listed) == len(expected)
    assert gzip.decompress((published / "sitemap.xml.gz").read_bytes()).decode() == text


def test_the_404_page_leads_from_any_depth(published_pages):
    page = published_pages["404.html"]
    internal = [reference.value for reference, target, _ in page.internal(PREFIX) if reference.value[0] != "#"]
    assert len(internal) > 15
    assert [value for value in internal if not value.startswith(PREFIX)] == []


def test_records_can_be_edited_where_the_repository_is_known(published_pages, pages):
    page = published_pages["frameworks/django/"]
    assert f"{REPO_URL}/edit/main/data/frameworks/django.yml" in {reference.value for reference in page.references}
    assert f"{REPO_URL}/edit/main/docs/method.md" in {r.value for r in published_pages["method/"].references}
    assert not [url for url, own in pages.items() if "/edit/main/" in own.html], (
        "no repository is known, none is invented"
    )
