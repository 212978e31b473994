"""What one run of MkDocs knows: the site's data, the renderer, and what macros left to be filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from os import environ
from pathlib import Path

from macros.checks import load as checks_load
from macros.rendering.environment import Renderer
from macros.views.site import Site, UnknownNameError

PLACEHOLDER = re.compile(r"(?:<p>)?<!--field-guide:(\d+)-->(?:</p>)?")


Substitution = Callable[[Renderer, str], str]
"""What a macro leaves behind: it returns the HTML for a page whose root is the second argument."""


@dataclass
class Build:
    """The state that the MkDocs hook and the macros share."""

    renderer: Renderer | None = None
    substitutions: list[tuple[str, Substitution]] = field(default_factory=list)
    hand_written: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title and description of the pages in docs/ whose text stays out of the search, by address."""

    @property
    def site(self) -> Site:
        """Return the data of this run."""
        assert self.renderer, "the data is read when MkDocs has read its settings"
        return self.renderer.site

    def start(self, data: Path) -> None:
        """Read the data; raise InvalidDataError if it is not in order."""
        self.renderer = Renderer(Site(checks_load.load(data, today())))

    def placeholder(self, call: str, filler: Substitution) -> str:
        """Return a placeholder that Markdown passes through untouched; `call` names it in messages."""
        self.substitutions.append((call, filler))
        return f"<!--field-guide:{len(self.substitutions) - 1}-->"

    def substitute(self, html: str, page: str, root: str) -> str:
        """Return the HTML with every placeholder replaced; raise UnknownNameError naming the page."""

        def replacement(found: re.Match[str]) -> str:
            call, filler = self.substitutions[int(found[1])]
            assert self.renderer
            try:
                return filler(self.renderer, root)
            except UnknownNameError as error:
                raise UnknownNameError(f"docs/{page}: {{{{ {call} }}}}: {error}") from None

        return PLACEHOLDER.sub(replacement, html)


BUILD = Build()
"""One MkDocs process builds one site at a time."""


def today() -> date:
    """Return the day of the build: that of SOURCE_DATE_EPOCH where it is set (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date()


def root_of(url: str) -> str:
    """Return what leads from the page at `url` to the root of the site: `../../` from `matrix/async/`."""
    return "../" * url.count("/") or "./"
