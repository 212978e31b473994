"""Two entries, each added as one file, in a built site: their pages exist and everything leads to them."""

from __future__ import annotations

import pytest

from tests.site.conftest import Page
from tools import preview

NEW = {file.stem: file.parent.name for file in sorted((preview.ROOT / "tests/unit/additions").glob("*/*.yml"))}
FIRST, *OTHERS = NEW


def leads_to(page: Page) -> set[str | None]:
    return {target for _, target, _ in page.internal("/")}


@pytest.mark.parametrize("name", [pytest.param(FIRST, marks=pytest.mark.long), *OTHERS])
def test_its_page_and_its_pairs_exist(awkward_pages, real, name):
    others = [entry.id for entry in real.of_kind(NEW[name])]
    pairs = [f"compare/{min(name, other)}-vs-{max(name, other)}/" for other in others]
    assert [url for url in (f"{NEW[name]}/{name}/", *pairs) if url not in awkward_pages] == []


@pytest.mark.parametrize("name", NEW)
def test_its_kind_its_matrix_and_the_search_lead_to_it(awkward_pages, awkward, name):
    url, overview = f"{NEW[name]}/{name}/", "compare/" if NEW[name] == "frameworks" else "libraries/"
    for place in (f"{NEW[name]}/", f"matrix/{NEW[name]}/", overview):
        ways = (url, f"compare/{name}-vs-")
        assert any(target and target.startswith(ways) for target in leads_to(awkward_pages[place])), place
    assert f'["{name}","{NEW[name]}"' in (awkward / "search/index.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NEW)
def test_every_link_of_its_page_leads_to_a_page(awkward_pages, awkward, name):
    for target in leads_to(awkward_pages[f"{NEW[name]}/{name}/"]):
        assert target is not None, "a link leaves the site"
        assert target in awkward_pages or (awkward / target).is_file(), target
