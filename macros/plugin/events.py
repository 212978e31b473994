"""The events of MkDocs: generated pages are added, placeholders are replaced, the search index is completed."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros.cache.store import store_of
from macros.checks.load import InvalidDataError
from macros.plugin.generated import GeneratedPage, edit_url, generated_file
from macros.plugin.inputs import Inputs
from macros.plugin.preview import PREVIEW
from macros.plugin.search import INDEX, HandWritten, sections_of
from macros.plugin.state import BUILD, root_of
from macros.reading.documents import count_of, parse
from macros.rendering.compiled import CompiledTemplates
from macros.rendering.environment import Unindented
from macros.rendering.scripts import served
from macros.rendering.styles import stylesheet
from macros.views.site import UnknownNameError

STYLE_SHEET = "assets/css/site.css"
SCRIPTS = re.compile(r"assets/js/(?!vendor/).*\.js")
"""Our own scripts; those of others are served as they are, with their licence."""
COLLECTED_AFTER = (20_000, 10, 10)
"""When Python looks for garbage while pages are rendered: more rarely than by itself, for they leave little."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Note whether the site is built once or served while it is edited."""
    PREVIEW.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the data; what is wrong with it ends the build with the lines that `make check` prints.

    Under `mkdocs serve` nothing ends: the browser shows those lines until they are mended.
    """
    gc.unfreeze()
    gc.disable()  # what is read stays: collecting finds nothing, and looks at all of it again and again
    inputs = Inputs.of(config)
    if PREVIEW.serving:  # MkDocs states its own address on this machine, which nobody should copy
        inputs = replace(inputs, site_url="")
    try:
        BUILD.start(inputs, store_of(inputs.root))
    except InvalidDataError as error:
        if not PREVIEW.serving:
            count = count_of(len(error.problems), "problem")
            raise PluginError(f"The data is not in order.\n\n{error}\n\n{count}. Nothing was built.") from None
        PREVIEW.show(error)
        config.nav = []
        return config
    PREVIEW.problems = ()
    config.extra.update(BUILD.snapshot.extra)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, the style sheet and our scripts."""
    if PREVIEW.problems:
        return Files([file for file in files if not file.is_documentation_page()])
    for head in BUILD.snapshot.heads:
        file = generated_file(head.url, config)
        GeneratedPage(head, file, config)
        files.append(file)
    files.append(File.generated(config, STYLE_SHEET, content=stylesheet()))
    for file in [file for file in files if SCRIPTS.match(file.src_uri)]:
        files.remove(file)
        files.append(File.generated(config, file.src_uri, content=served(file.content_string)))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Note what the navigation says: it is on every page."""
    if not PREVIEW.problems:
        items = [*nav.items, *(link for item in nav for link in item.children or ())]
        BUILD.frame_of(*(f"{item.title} {getattr(item, 'url', '')}" for item in items))
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Read the theme's templates as ours are read; set data and pages, which stay, apart from what is collected."""
    env.add_extension(Unindented)
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = CompiledTemplates(BUILD.store)
    PREVIEW.env = env
    if not PREVIEW.serving:
        parse.cache_clear()  # nothing is read a second time
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    gc.enable()
    if not PREVIEW.serving:
        _write(BUILD.files(), config)
    if not PREVIEW.problems:
        BUILD.begin()
    return env


def _write(files: Iterable[tuple[str, bytes]], config: MkDocsConfig) -> None:
    for path, content in files:
        written = Path(config.site_dir) / path
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_bytes(content)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Replace what the macros of a hand-written page left."""
    if isinstance(page, GeneratedPage):
        return html
    page.edit_url = edit_url(config, f"docs/{page.file.src_uri}")
    html = html.replace("<pre><code", '<pre><code tabindex="0"')  # wide code scrolls: the keyboard must reach it
    described = page.meta.get("description", "")
    BUILD.hand_written[page.url] = HandWritten(str(page.title), described, sections_of(page.toc))
    PREVIEW.unfilled[page.url] = html
    try:
        return BUILD.substitute(html, page.file.src_uri, root_of(page.url))
    except UnknownNameError as error:
        raise PluginError(str(error)) from None


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Complete what the theme is told of a generated page; note it all for `mkdocs serve`, which renders one alone."""
    PREVIEW.context = context
    if isinstance(page, GeneratedPage):
        page.describe(config)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Store a generated page for the next build; let go of the HTML of a hand-written one."""
    if isinstance(page, GeneratedPage):
        page.keep(output)
    else:
        page.content = ""
    return output


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Add the generated pages to the search index, and keep what was found out for the next build."""
    if PREVIEW.problems:
        PREVIEW.write_problems(Path(config.site_dir), "index.html", "404.html")
        return
    if not PREVIEW.serving:
        _write(BUILD.files_of_pages(), config)
        BUILD.release()
    file = Path(config.site_dir) / INDEX
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PREVIEW.search_index(), encoding="utf-8")
    BUILD.finish()


def on_build_error(error: Exception) -> None:
    """Note why a build ends: under `mkdocs serve` the browser shows it."""
    PREVIEW.failure = str(error)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Render pages when they are asked for, so that an edit is seen at once."""
    PREVIEW.attach(server, config, builder)
    return server
