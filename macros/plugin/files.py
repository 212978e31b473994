"""Files for programs: what is published beside the pages, each made by one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from macros.catalog.model import Entry, Kind
from macros.rendering.twins import llms
from macros.schema import routes
from macros.views.api.files import api_files
from macros.views.badges import badge, badge_path
from macros.views.calendars import release_calendar, releases, support_calendar
from macros.views.comparisons import entry_answers, kind_questions
from macros.views.feeds import atom, feeds
from macros.views.site import Site
from macros.views.support import ends
from macros.views.text import compact_json
from macros.views.yours import yours_file


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """A file to publish: its path from the root of the site, and what returns its bytes."""

    path: str
    content: Callable[[], bytes]


def file_specs(site: Site, site_url: str) -> Iterator[FileSpec]:
    """Yield every file that is published beside the pages; `site_url` is empty where the site has no address yet."""
    yield from (FileSpec(path=path, content=make) for path, make in api_files(site, site_url))
    yield from comparison_files(site)
    if site.rankings:
        yield FileSpec(path=routes.YOURS_DATA, content=lambda: yours_file(site))
    yield from followed_files(site)


def comparison_files(site: Site) -> Iterator[FileSpec]:
    """Yield what `/compare/` reads: a file for each kind, and one for each of its entries."""

    def questions(kind: Kind) -> bytes:
        return compact_json(kind_questions(site, kind)).encode()

    def answers(entry: Entry) -> bytes:
        return compact_json(entry_answers(site, entry)).encode()

    for kind in site.catalog.kinds.values():
        entries = site.catalog.of_kind(kind.id)
        if entries:
            yield FileSpec(path=f"{routes.COMPARE}{kind.id}.json", content=partial(questions, kind))
        for entry in entries:
            path = f"{routes.COMPARE}{kind.id}/{entry.id}.json"
            yield FileSpec(path=path, content=partial(answers, entry))


def followed_files(site: Site) -> Iterator[FileSpec]:
    """Yield what others follow or show: feeds, calendars, badges, the list of pages for programs."""
    for feed in feeds(site):
        yield FileSpec(path=feed.path, content=partial(atom, feed, site.address))
    yield FileSpec(path="llms.txt", content=partial(llms, site, site.address))
    for entry in site.catalog.entries.values():
        yield FileSpec(path=badge_path(entry), content=partial(badge, entry))
    if ends(site.catalog):
        yield FileSpec(path=routes.SUPPORT, content=partial(support_calendar, site.catalog, site.address))
    if any(releases(site.catalog)):
        yield FileSpec(path=routes.RELEASES, content=partial(release_calendar, site.catalog, site.address))
