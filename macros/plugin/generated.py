"""Generated pages: MkDocs pages whose HTML comes from our templates, or from the store where nothing has changed."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.plugin.linked_data import linked_data
from macros.plugin.snapshot import PICTURE, TWIN, PageHead
from macros.plugin.state import BUILD, root_of

CONTENTS = TableOfContents([AnchorLink("Content", "content", 1)])
"""What the theme is told of the contents of every generated page."""
UNTOLD: MutableMapping[str, Any] = {"render_macros": False, "template": "generated.html"}
"""The meta data of a page before and after its turn: those of thousands need much memory."""


class GeneratedPage(Page):
    """A page whose content comes from a template and never passes through Markdown."""

    def __init__(self, head: PageHead, file: File, config: MkDocsConfig) -> None:
        super().__init__(str(escape(head.title)), file, config)
        self.head = head
        self.edit_url = edit_url(config, head.edit)
        self.key = ""
        self.stored: Markup | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Leave the text empty, and the meta data to `describe`."""
        self.markdown = ""
        self.meta = UNTOLD

    def describe(self, config: MkDocsConfig) -> None:
        """Set the meta data for this page's turn; the theme does not escape, so what it prints comes escaped."""
        self.meta = {
            **UNTOLD,
            "title": str(escape(self.head.title)),
            "description": str(escape(self.head.description)),
            "tile": self.head.tile,
            "feed": self.head.feed,
            "twin": TWIN if self.head.twin else None,
            "shared_as": str(escape(self.head.shared_as)),
            "picture": PICTURE if self.head.has_picture and config.site_url else None,
            "linked_data": linked_data(self.head, config.site_url) if config.site_url else None,
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the content empty: the theme asks for `body` when it writes the page, and nothing keeps it."""
        self.content = ""
        self.toc = CONTENTS

    @property
    def layout(self) -> str:
        """Return the template of the whole page: one that prints what was stored, or the site's own."""
        if BUILD.on_request:
            self.stored = Markup("<!-- rendered when it is asked for -->")
            return "stored.html"
        self.key = BUILD.key_of(self.head.url)
        content = BUILD.store.get(self.key)
        self.stored = None if content is None else Markup(content.decode())  # noqa: S704 - a page that we rendered
        return "main.html" if self.stored is None else "stored.html"

    def body(self) -> str:
        """Return the rendered template."""
        spec = BUILD.specs[self.head.url]
        html = BUILD.renderer(
            spec.template, root_of(self.url), edit_url=self.edit_url, page=True, **BUILD.context_of(spec)
        )
        BUILD.keep_twin(self.head)  # now, since what both need is at hand
        return html

    def keep(self, html: str) -> None:
        """Store the finished page, unless that is where it came from, and let go of it."""
        if self.stored is None:
            BUILD.store.put(self.key, html.encode())
        self.stored, self.meta = None, UNTOLD


def edit_url(config: MkDocsConfig, path: str | None) -> str | None:
    """Return where a file of the repository is edited in the browser, or None where no repository is known."""
    return f"{config.repo_url.rstrip('/')}/edit/main/{path}" if config.repo_url and path else None


def generated_file(url: str, config: MkDocsConfig) -> File:
    """Return the file of a generated page: it is on no disk."""
    return File.generated(config, f"{url}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
