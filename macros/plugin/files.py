"""Files for programs: what is published beside the pages, each made by one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from macros.views.api.files import api_files
from macros.views.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """A file to publish: its path from the root of the site, and what returns its bytes."""

    path: str
    content: Callable[[], bytes]


def file_specs(site: Site, site_url: str) -> Iterator[FileSpec]:
    """Yield every file that is published beside the pages; `site_url` is empty where the site has no address yet."""
    yield from (FileSpec(path=path, content=make) for path, make in api_files(site, site_url))
