"""Files for programs: what is published beside the pages, each made by one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from macros.schema.routes import YOURS_DATA
from macros.views.site import Site
from macros.views.yours import yours_file


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """A file to publish: its path from the root of the site, and what returns its bytes."""

    path: str
    content: Callable[[], bytes]


def file_specs(site: Site, site_url: str) -> Iterator[FileSpec]:
    """Yield every file that is published beside the pages; `site_url` is empty where the site has no address yet."""
    if site.rankings:
        yield FileSpec(path=YOURS_DATA, content=lambda: yours_file(site))
