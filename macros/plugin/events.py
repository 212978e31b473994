"""The MkDocs hook: pages that exist on no disk, and placeholders filled in those that do."""

from __future__ import annotations

import gc
import json
from pathlib import Path

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.checks.load import InvalidDataError
from macros.plugin.pages import PageSpec, page_specs, redirects
from macros.plugin.search import search_entries
from macros.plugin.state import BUILD, root_of
from macros.rendering.environment import Renderer
from macros.views.site import UnknownNameError


class GeneratedPage(Page):
    """A page whose content comes from a template and never passes through Markdown."""

    def __init__(self, spec: PageSpec, file: File, config: MkDocsConfig, renderer: Renderer) -> None:
        super().__init__(str(escape(spec.title)), file, config)
        self.spec, self.renderer = spec, renderer
        self.edit_url = edit_url(config, spec.edit)

    def read_source(self, config: MkDocsConfig) -> None:
        """Set the meta data; the theme does not escape, so what it prints comes escaped."""
        self.markdown = ""
        self.meta = {
            "title": str(escape(self.spec.title)),
            "description": str(escape(self.spec.description)),
            "render_macros": False,
            "search": {"exclude": True},
            "tile": self.spec.tile,
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the content empty: the theme asks for `body` when it writes the page, and nothing keeps it."""
        self.content = ""
        self.toc = TableOfContents([AnchorLink("Content", "content", 1)])

    def body(self) -> str:
        """Return the rendered template."""
        context = self.spec.context()
        return self.renderer(self.spec.template, root_of(self.url), edit_url=self.edit_url, page=True, **context)


def edit_url(config: MkDocsConfig, path: str | None) -> str | None:
    """Return where a file of the repository is edited in the browser, or None where no repository is known."""
    return f"{config.repo_url.rstrip('/')}/edit/main/{path}" if config.repo_url and path else None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the data; what is wrong with it ends the build with the lines that `make check` prints."""
    BUILD.substitutions.clear()
    BUILD.hand_written.clear()
    gc.unfreeze()
    try:
        BUILD.start(Path(config.config_file_path).parent / config.extra["data"])
    except InvalidDataError as error:
        lines = "\n".join(map(str, error.problems))
        count = f"{len(error.problems)} problem{'s' if len(error.problems) > 1 else ''}"
        raise PluginError(f"The data is not in order.\n\n{lines}\n\n{count}. Nothing was built.") from None
    config.extra["facts"] = f"{BUILD.site.catalog.fact_count:,}"
    config.extra["kinds"] = [kind for kind in BUILD.site.catalog.kinds.values() if BUILD.site.catalog.of_kind(kind.id)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages and the redirects of reversed pairs."""
    assert BUILD.renderer
    for spec in page_specs(BUILD.site):
        file = File.generated(config, f"{spec.url}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
        GeneratedPage(spec, file, config, BUILD.renderer)
        files.append(file)
    for source, content in redirects(BUILD.renderer):
        files.append(File.generated(config, source, content=content))
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Set the data and the pages apart from what the collector walks: they live until the end of the build."""
    gc.freeze()
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill what the macros of a hand-written page left."""
    if isinstance(page, GeneratedPage):
        return html
    page.edit_url = edit_url(config, f"docs/{page.file.src_uri}")
    if page.meta.get("search", {}).get("exclude"):
        BUILD.hand_written[page.url] = (page.meta["title"], page.meta["description"])
    try:
        return BUILD.substitute(html, page.file.src_uri, root_of(page.url))
    except UnknownNameError as error:
        raise PluginError(str(error)) from None


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Add the generated pages to the search index, by title and one sentence each, and pairs by title alone."""
    file = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(file.read_text(encoding="utf-8"))
    index["docs"] += list(search_entries(BUILD.site))
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
