"""What one run of MkDocs knows: the site's data, the renderer, what is kept, and the placeholders of macros."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from os import environ
from typing import Any

from jinja2 import Template

from macros.cache.digests import Digests, of_text
from macros.cache.store import NOTHING, Store
from macros.checks.load import load
from macros.plugin.embeds import embed_files
from macros.plugin.files import FileSpec, file_specs
from macros.plugin.frame import frame_of
from macros.plugin.inputs import Inputs
from macros.plugin.pages import page_specs, redirects
from macros.plugin.search import HandWritten, of_generated
from macros.plugin.snapshot import PICTURE, TWIN, PageHead, Snapshot
from macros.plugin.specs import PageSpec
from macros.reading import documents, measurements
from macros.rendering.environment import Renderer, environment
from macros.rendering.previews import Preview, draw
from macros.rendering.terms import link_terms
from macros.rendering.twins import Texts
from macros.views.site import Site, UnknownNameError

PLACEHOLDER = re.compile(r"(?:<p>)?<!--field-guide:(\d+)-->(?:</p>)?")

GLOSSARY_PAGE = "method.md"

OF_PAGES = (TWIN, PICTURE)
"""How the paths of files end that are published beside a page."""

Substitution = Callable[[Renderer, str], str]
"""What a macro leaves behind: it returns the HTML for a page whose root is the second argument."""


@dataclass
class Build:
    """The state that the MkDocs hook and the macros share."""

    store: Store = NOTHING
    inputs: Inputs | None = None
    snapshot: Snapshot = field(default_factory=Snapshot)
    """What this build finds out; that of an earlier build where nothing has changed since."""
    hand_written: dict[str, HandWritten] = field(default_factory=dict)
    """What the search knows of the pages in docs/, by address."""
    on_request: bool = False
    """Whether `mkdocs serve` renders a page when it is asked for, and a build need not render any."""
    everything: str = ""
    """The digest of all that the site depends on."""
    frame: str = ""
    """The digest of what stands around every generated page."""
    substitutions: list[tuple[str, Substitution]] = field(default_factory=list)
    _renderer: Renderer | None = None
    _texts: Texts | None = None
    _leading: Template | None = None
    """The template of redirects."""
    _specs: dict[str, PageSpec] = field(default_factory=dict)
    _files: dict[str, FileSpec] = field(default_factory=dict)
    _digests: Digests = field(default_factory=Digests)
    _heads: dict[str, PageHead] = field(default_factory=dict)
    """The heads of the generated pages, by address."""
    _context: tuple[str, dict[str, Any]] = ("", {})

    def start(self, inputs: Inputs, store: Store) -> None:
        """Begin a build: find what an earlier one kept, or read the data; raise InvalidDataError if it is wrong."""
        self.inputs, self.store, self._renderer, self._leading = inputs, store, None, None
        self.substitutions.clear()
        self.hand_written.clear()
        self.everything = inputs.everything(today())
        kept = Snapshot.kept(store, self.everything)
        if kept:
            self.snapshot, self._heads = kept, {head.url: head for head in kept.heads}
        else:
            self.read()

    def read(self) -> None:
        """Read the data again; raise InvalidDataError if it is not in order, and then change nothing."""
        assert self.inputs, "the inputs are known when MkDocs has read its settings"
        catalog = load(self.inputs.folders, today(), self.store)
        if not self.on_request:
            documents.forget()
            measurements.forget()
        self.use(Renderer(Site(catalog, self.store, self.inputs.site_url)))

    def use(self, renderer: Renderer) -> None:
        """Take the pages from this renderer's data."""
        self._renderer, self._leading, self._context = renderer, None, ("", {})
        site = renderer.site
        self._specs = {spec.url: spec for spec in page_specs(site)}
        made = (*file_specs(site, site.address), *self._twins(), *self._pictures(), *embed_files(renderer))
        self._files = {spec.path: spec for spec in made}
        self._digests = Digests("macros.catalog", "macros.code", "macros.reading", "macros.schema")
        for view in () if self.on_request else shared_views(site):
            self._digests.keep(view)
        self.snapshot = Snapshot(
            extra=frame_of(site),
            heads=[spec.head for spec in self._specs.values()],
            redirects=dict(redirects(site)),
            files=list(self._files),
        )
        self._heads = {head.url: head for head in self.snapshot.heads}
        self.snapshot.search = of_generated(self.snapshot.heads, site)

    def release(self) -> None:
        """Let go of what rendering needs: no page is rendered after this."""
        self._renderer, self._texts, self._specs, self._files, self._context = None, None, {}, {}, ("", {})
        self._digests = Digests()

    def begin(self) -> None:
        """Keep for the next build what is known before the pages are rendered."""
        if self.inputs and not self.snapshot.whole:
            self.snapshot.keep_first(self.store, self.everything)

    def finish(self) -> None:
        """Keep what was found out for the next build."""
        if self.inputs and not self.snapshot.whole:
            self.snapshot.keep(self.store, self.everything)
            self.store.prune()

    @property
    def renderer(self) -> Renderer:
        """Return the renderer; the data is read for it where all pages were kept but one."""
        if self._renderer is None:
            self.read()
        assert self._renderer
        return self._renderer

    @property
    def texts(self) -> Texts:
        """Return what renders Markdown."""
        if self._texts is None or self._texts.site is not self.site:
            self._texts = Texts(self.site)
        return self._texts

    @property
    def site(self) -> Site:
        """Return the data of this run."""
        return self.renderer.site

    @property
    def specs(self) -> dict[str, PageSpec]:
        """Return the generated pages by address."""
        return self._specs if self.renderer else {}

    @property
    def file_specs(self) -> dict[str, FileSpec]:
        """Return the files for programs by path."""
        return self._files if self.renderer else {}

    def file(self, path: str) -> bytes:
        """Return the content of a file for programs: what the last build of these inputs kept, or else made now."""
        if self.on_request:
            return self._files[path].content()
        key = self._key_of_file(path)
        content = self.store.get(key)
        if content is None:
            content = self.file_specs[path].content()
            self.store.put(key, content)
        return content

    def _key_of_file(self, path: str) -> str:
        """Return the key of a file for programs: that of its page if it is one in Markdown, else that of everything."""
        if path.endswith(f"/{PICTURE}"):
            return f"picture {picture_of(self._heads[path.removesuffix(PICTURE)]).key}"
        page = path.removesuffix(TWIN)
        return f"twin {self.key_of(page)}" if path != page else f"file {path} {self.everything}"

    def _pictures(self) -> Iterator[FileSpec]:
        """Yield the pictures for links to pages; none where the site has no address, since a link must name it."""
        for url, spec in self._specs.items() if self.site.address else ():
            if spec.has_picture:
                yield FileSpec(path=f"{url}{PICTURE}", content=partial(draw, picture_of(spec)))

    def _twins(self) -> Iterator[FileSpec]:
        """Yield the pages that are published in Markdown too."""
        for url, spec in self._specs.items():
            if spec.twin:
                yield FileSpec(path=f"{url}{TWIN}", content=partial(self._twin, spec))

    def _twin(self, spec: PageSpec) -> bytes:
        assert spec.twin
        return self.texts(spec.twin, root_of(spec.url), **self.context_of(spec))

    def keep_twin(self, head: PageHead) -> None:
        """Keep the page in Markdown while what its template needs is at hand; nothing where it has none."""
        if head.twin and not self.on_request:
            self.store.put(f"twin {self.key_of(head.url)}", self._twin(self.specs[head.url]))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and the content of every file that is of no generated page: redirects, files for programs.

        They are made before the pages are rendered, and what made them is let go of: it needs much memory.
        """
        yield from ((path, self.redirect(path)) for path in self.snapshot.redirects)
        for path in self.snapshot.files:
            if not path.endswith(OF_PAGES):
                yield path, self.file(path)
                self._files.pop(path, None)

    def files_of_pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and the content of what is published beside a page; all pages must have been rendered."""
        self._digests = Digests()
        if self._renderer:
            self._renderer.forget()
        yield from ((path, self.file(path)) for path in self.snapshot.files if path.endswith(OF_PAGES))

    def redirect(self, path: str) -> bytes:
        """Return the small page that leads to another one."""
        to = self.snapshot.redirects[path]
        if self._leading is None:
            self._leading = environment(self.store).get_template("redirect.html")
        return self._leading.render(root=root_of(path), target=to.target, title=to.title).encode()

    def frame_of(self, *titles: str) -> None:
        """Set the digest of what stands around every generated page; `titles` are those of the navigation."""
        assert self.inputs
        if self.on_request:
            return
        extra = json.dumps(self.snapshot.extra, sort_keys=True)
        index = "" if self.snapshot.whole else self._digests.of(self.site.index)
        self.frame = of_text(self.inputs.frame(), extra, index, *titles)

    def key_of(self, url: str) -> str:
        """Return the key of a generated page: the digest of everything that its HTML depends on."""
        if url not in self.snapshot.keys:
            spec = self.specs[url]
            context = self._digests.of(self.context_of(spec))
            self.snapshot.keys[url] = of_text(self.frame, self._digests.of(spec.head), spec.template, context)
        return self.snapshot.keys[url]

    def context_of(self, spec: PageSpec) -> dict[str, Any]:
        """Return what the template of a page needs; for the page that was asked for last it is at hand."""
        if self._context[0] != spec.url:
            self._context = (spec.url, spec.context())
        return self._context[1]

    def placeholder(self, call: str, substitution: Substitution) -> str:
        """Return a placeholder that Markdown passes through untouched; `call` names it in messages."""
        self.substitutions.append((call, substitution))
        return f"<!--field-guide:{len(self.substitutions) - 1}-->"

    def substitute(self, html: str, page: str, root: str) -> str:
        """Return the HTML with every placeholder replaced; raise UnknownNameError naming the page."""

        def replacement(found: re.Match[str]) -> str:
            call, substitution = self.substitutions[int(found[1])]
            try:
                return self.snapshot.fragment(f"{root} {call}", lambda: substitution(self.renderer, root))
            except UnknownNameError as error:
                raise UnknownNameError(f"docs/{page}: {{{{ {call} }}}}: {error}") from None

        target = "" if page == GLOSSARY_PAGE else f"{root}method/"
        linked = self.snapshot.fragment(f"{root} {html}", lambda: link_terms(html, self.site.catalog.glossary, target))
        return PLACEHOLDER.sub(replacement, linked)


BUILD = Build()
"""One MkDocs process builds one site at a time."""


def shared_views(site: Site) -> Iterator[object]:
    """Yield the views that many pages are given and that live as long as the site: each is digested once."""
    yield from site.sides.values()
    if site.benchmarks:
        yield from site.benchmarks.workloads


def picture_of(head: PageHead) -> Preview:
    """Return what the picture of a page shows."""
    return Preview(tuple(head.tiles), head.shared_as or head.title, head.description)


def today() -> date:
    """Return the day of the build: that of SOURCE_DATE_EPOCH where it is set (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date()


def root_of(url: str) -> str:
    """Return what leads from the page at `url` to the root of the site: `../../` from `matrix/async/`."""
    return "../" * url.count("/") or "./"
