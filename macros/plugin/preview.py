"""`mkdocs serve`: a page is rendered when it is asked for, and problems are shown in the browser until they are mended.

A build renders every page, which takes seconds. While the site is served, an edit reads the data again and renders
only what the browser asks for next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.pages import Page
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer

from macros.cache.digests import files_below
from macros.checks.load import InvalidDataError
from macros.plugin.generated import GeneratedPage, generated_file
from macros.plugin.search import INDEX, whole
from macros.plugin.state import BUILD, root_of
from macros.reading.documents import Problem
from macros.rendering.environment import problem_page
from macros.views.site import UnknownNameError
from macros.views.text import compact_json

PROBLEMS = "field-guide-problems.html"
"""The page that is shown in place of every other while the data is not in order."""

EDITS = (FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent)

log = logging.getLogger("field-guide")  # not below mkdocs, whose strict mode counts errors and ends

Stamps = dict[str, tuple[int, int]]
"""The time of the last change and the size of each file."""


@dataclass
class Preview:
    """The state of a site that is served while it is edited."""

    serving: bool = False
    failure: str = ""
    """Why the last build ended, if it did not end well."""
    problems: tuple[Problem | str, ...] = ()
    """What is wrong with the data, until it is mended."""
    unfilled: dict[str, str] = field(default_factory=dict)
    """The HTML of hand-written pages before their placeholders are replaced, by address."""
    env: Environment = field(default_factory=Environment)
    """What renders the theme's templates."""
    context: dict[str, Any] = field(default_factory=dict)
    """What the last page was rendered with: navigation, settings, list of pages."""
    fresh: set[str] = field(default_factory=set)
    """The addresses of what has been rendered since the last edit."""
    stamps: dict[str, Stamps] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def show(self, error: InvalidDataError) -> None:
        """Show these problems, in the terminal at once and in the browser in place of every page."""
        self.problems = tuple(error.problems)
        log.error(str(error))

    def write_problems(self, folder: Path, *names: str) -> None:
        """Write the page with the problems into the folder, under each of the names."""
        html = problem_page(self.problems)
        for name in names:
            (folder / name).write_text(html, encoding="utf-8")

    def search_index(self) -> str:
        """Return the file that the search reads."""
        return compact_json(whole(BUILD.snapshot.search, BUILD.hand_written))

    def attach(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> None:
        """Answer the server's requests, and follow what is edited instead of building everything again."""
        BUILD.on_request = True
        self.server, self.build_all = server, builder
        self.mount = urlsplit(config.site_url or "/").path
        self.stamps = self._stamps()
        server.builder = self.rebuild
        server.set_app(self.respond)
        _watch_natively(server, config)

    def rebuild(self) -> None:
        """Take over what was edited; MkDocs calls this when a file has changed, and then reloads the browsers."""
        with self.lock:
            self._catch_up()

    def respond(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request: bring the page that is asked for up to date, then let MkDocs send it."""
        path = str(environ["PATH_INFO"])
        wanted = path.removeprefix(self.mount).lstrip("/").removesuffix("index.html")
        is_page = wanted == "" or wanted.endswith(("/", ".html"))
        if is_page or wanted == INDEX or wanted in BUILD.snapshot.files:
            with self.lock:
                self._catch_up()
                if self.problems and is_page:
                    self.write_problems(Path(self.server.root), PROBLEMS)
                    environ = {**environ, "PATH_INFO": f"{self.mount}{PROBLEMS}"}
                elif not self.problems:
                    self._freshen(wanted)
        return self.server.serve_request(environ, start_response)

    def _catch_up(self) -> None:
        """Read again what has changed since the last look."""
        before, self.stamps = self.stamps, self._stamps()
        changed = {name for name in self.stamps if self.stamps[name] != before[name]}
        if not changed:
            return
        self.fresh.clear()
        self.failure = ""
        try:
            if self.context and changed <= {"facts", "templates"}:
                BUILD.read()
                self.context["config"].extra.update(BUILD.snapshot.extra)
                self.problems = ()
            else:
                self.build_all()
        except InvalidDataError as error:
            self.show(error)
        except MkDocsException as error:
            self.problems = (self.failure or f"{error} The terminal says why.",)

    def _stamps(self) -> dict[str, Stamps]:
        assert BUILD.inputs
        inputs = BUILD.inputs
        groups = {"facts": inputs.facts, "templates": inputs.templates, "code": inputs.code, "texts": inputs.texts}
        return {
            name: {
                str(file): (stat.st_mtime_ns, stat.st_size)
                for place in places
                for file in files_below(place)
                if (stat := file.stat()) and (name != "code" or inputs.templates[0] not in file.parents)
            }
            for name, places in groups.items()
        }

    def _freshen(self, url: str) -> None:
        """Render the page at the address again, unless that has been done since the last edit."""
        if url in self.fresh:
            return
        target = Path(self.server.root) / (f"{url}index.html" if url.endswith("/") or not url else url)
        try:
            html = self._render(url)
        except UnknownNameError as error:
            self.problems = (str(error),)
            return
        if html is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(html.encode() if isinstance(html, str) else html)
        elif self._is_gone(url):
            target.unlink(missing_ok=True)
        self.fresh.add(url)

    def _render(self, url: str) -> str | bytes | None:
        """Return the file at the address, or None where it does not depend on the data."""
        if url in BUILD.snapshot.files:
            return BUILD.file(url)
        if url == INDEX:
            return self.search_index()
        if f"{url}index.html" in BUILD.snapshot.redirects:
            return BUILD.redirect(f"{url}index.html")
        page = self._generated(url) or self._hand_written(url)
        if page is None:
            return None
        context = get_context(self.context["nav"], self.context["pages"], self.context["config"], page)
        return str(self.env.get_template("main.html").render(context))

    def _generated(self, url: str) -> Page | None:
        if url not in BUILD.specs:
            return None
        config = self.context["config"]
        page = GeneratedPage(BUILD.specs[url].head, generated_file(url, config), config)
        page.read_source(config)
        page.render(config, self.context["pages"])
        page.describe(config)
        return page

    def _hand_written(self, url: str) -> Page | None:
        if url not in self.unfilled:
            return None
        page: Page = next(file.page for file in self.context["pages"] if file.page and file.page.url == url)
        page.content = BUILD.substitute(self.unfilled[url], page.file.src_uri, root_of(url))
        return page

    def _is_gone(self, url: str) -> bool:
        """Return whether there was a generated page at the address when the whole site was last built."""
        return any(file.url == url and isinstance(file.page, GeneratedPage) for file in self.context["pages"])


class _Edits(Observer):  # type: ignore[misc,valid-type]
    """The system's own reports of edits. It also reports that a file is read, which would never end."""

    def schedule(self, handler: Any, path: str, **given: Any) -> Any:
        """Report to the handler what is edited below the path."""
        return super().schedule(handler, path, **{**given, "event_filter": list(EDITS)})


def _watch_natively(server: LiveReloadServer, config: MkDocsConfig) -> None:
    """Let the system report edits at once, where it can; MkDocs looks at every file twice a second."""
    watched = [config.docs_dir, *([config.config_file_path] if config.config_file_path else [])]
    polling: Any = server.observer
    native: Any = _Edits()
    for path in watched:
        server.unwatch(path)
    server.observer = native
    try:
        for path in watched:
            server.watch(path)
    except OSError:  # the system has no more watches to give
        server.observer = polling


PREVIEW = Preview()
