"""A small data folder that is in order, what stands on it, and copies of it to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import macros
from macros.catalog import sources
from macros.catalog.model import Catalog
from macros.checks import load as checks_load
from macros.checks.load import load
from macros.plugin import authoring, pages
from macros.plugin.embeds import embed_files
from macros.plugin.specs import PageSpec
from macros.plugin.state import BUILD, root_of
from macros.reading.folders import Folders
from macros.rendering.environment import PROBLEM_PAGE, Renderer
from macros.views.site import Site

UNIT = Path(__file__).parent
TODAY = date(2026, 11, 20)
NAMED = {
    "matrix": lambda site: [*site.catalog.matrices, *site.catalog.kinds],
    "entry_table": lambda site: list(site.catalog.kinds),
    "picker": lambda site: list(site.catalog.kinds),
    "use_case": lambda site: list(site.catalog.use_cases),
}
"""Macros that take a name, and all the names they may take."""
NOT_RENDERED = {"constant"}
"""Macros that return a figure as text, before anything is rendered."""


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def good() -> Path:
    return UNIT / "good" / "data"


@pytest.fixture(scope="session")
def catalog(good: Path) -> Catalog:
    return load(Folders.around(good), TODAY)


@pytest.fixture(scope="session")
def site(catalog: Catalog) -> Site:
    return Site(catalog, address="https://guide.example.org/")


@pytest.fixture
def data(good: Path, tmp_path: Path) -> Path:
    """Return a copy of the good data that a test may spoil, with the applications beside it."""
    return Path(shutil.copytree(good.parent, tmp_path / "copy")) / "data"


@pytest.fixture(scope="session")
def problems_of() -> Callable[[Path], list[str]]:
    """Return a function that gives the lines `python -m macros check` would print for a folder."""
    return lambda root: [str(found) for found in checks_load.all_problems(sources.load(Folders.around(root)), TODAY)]


@pytest.fixture(scope="session")
def pages_of() -> Callable[[Site], dict[str, str]]:
    """Return a function that renders everything there is to render, by address or macro."""
    return lambda site: dict(_pages(site, Renderer(site)))


@pytest.fixture(scope="session")
def page_of() -> Callable[[Site, str], str]:
    """Return a function that renders one generated page."""

    def render(site: Site, url: str) -> str:
        (spec,) = (spec for spec in pages.page_specs(site) if spec.url == url)
        return _page(spec, Renderer(site))

    return render


@pytest.fixture(scope="session")
def unseen_templates(site: Site) -> set[str]:
    """Return the templates that none of these pages shows."""
    renderer = Renderer(site)
    list(_pages(site, renderer))
    return (
        set(renderer.environment.list_templates()) - {name for _, name in renderer.environment.cache} - {PROBLEM_PAGE}
    )


def _pages(site: Site, renderer: Renderer) -> Iterator[tuple[str, str]]:
    yield from ((spec.url, _page(spec, renderer)) for spec in pages.page_specs(site))
    for path, to in pages.redirects(site):
        yield path, renderer("redirect.html", root_of(path), target=to.target, title=to.title)
    yield from ((spec.path, spec.content().decode()) for spec in embed_files(renderer))
    BUILD.use(renderer)
    BUILD.substitutions.clear()
    for macro in (name for name in macros.MACROS.split() if name not in NOT_RENDERED):
        for names in [(name,) for name in NAMED[macro](site)] if macro in NAMED else [()]:
            left = getattr(authoring, macro)(*names)
            yield f"{macro}{names}", BUILD.substitute(left, "page.md", "./")


def _page(spec: PageSpec, renderer: Renderer) -> str:
    edit = f"https://github.com/example/guide/edit/main/{spec.edit}" if spec.edit else None
    return renderer(spec.template, root_of(spec.url), edit_url=edit, page=True, **spec.context())
