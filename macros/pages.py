"""The MkDocs hook: pages that exist on no disk, and placeholders filled in those that do."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.authoring import matrix_views
from macros.blocks import article_view
from macros.build import BUILD, root_of, search_entry
from macros.catalog import Entry, InvalidDataError, pair_url
from macros.code_views import Side, Switching, files, task_view
from macros.measured_views import ProbeView, behaviour, rechecks
from macros.regions import TASKS
from macros.render import Renderer, Unindented
from macros.views import MatrixView, Site, UnknownNameError, entry_view, pair_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page to generate: its address, what stands in its head, its template, and what that needs."""

    url: str
    title: str
    description: str
    template: str
    context: Callable[[], dict[str, Any]]
    edit: str | None = None
    tile: str | None = None
    in_search: str | None = None
    boost: float = 2


class GeneratedPage(Page):
    """A page whose content comes from a template and never passes through Markdown."""

    def __init__(self, sheet: Sheet, file: File, config: MkDocsConfig, renderer: Renderer) -> None:
        super().__init__(str(escape(sheet.title)), file, config)
        self.sheet, self.renderer = sheet, renderer
        self.edit_url = edit_url(config, sheet.edit)

    def read_source(self, config: MkDocsConfig) -> None:
        """Set the meta data; the theme does not escape, so what it prints comes escaped."""
        self.markdown = ""
        self.meta = {
            "title": str(escape(self.sheet.title)),
            "description": str(escape(self.sheet.description)),
            "render_macros": False,
            "search": {"exclude": True},
            "tile": self.sheet.tile,
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the content empty: the theme asks for `body` when it writes the page, and nothing keeps it."""
        self.content = ""
        self.toc = TableOfContents([AnchorLink("Content", "content", 1)])

    def body(self) -> str:
        """Return the rendered template."""
        context = self.sheet.context()
        return self.renderer(self.sheet.template, root_of(self.url), edit_url=self.edit_url, page=True, **context)


def edit_url(config: MkDocsConfig, path: str | None) -> str | None:
    """Return where a file of the repository is edited in the browser, or None where no repository is known."""
    return f"{config.repo_url.rstrip('/')}/edit/main/{path}" if config.repo_url and path else None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the data; what is wrong with it ends the build with the lines that `make check` prints."""
    BUILD.fillers.clear()
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
    for sheet in sheets(BUILD.site):
        file = File.generated(config, f"{sheet.url}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
        GeneratedPage(sheet, file, config, BUILD.renderer)
        files.append(file)
    for source, content in redirects(BUILD.renderer):
        files.append(File.generated(config, source, content=content))
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Read the theme's templates as ours are read; set data and pages, which stay, apart from what is collected."""
    env.add_extension(Unindented)
    env.trim_blocks = env.lstrip_blocks = True
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
        return BUILD.fill(html, page.file.src_uri, root_of(page.url))
    except UnknownNameError as error:
        raise PluginError(str(error)) from None


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Add the generated pages to the search index, by title and one sentence each, and pairs by title alone."""
    file = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(file.read_text(encoding="utf-8"))
    index["docs"] += list(search_entries(BUILD.site))
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def sheets(site: Site) -> Iterator[Sheet]:
    """Yield every generated page."""
    for kind in site.catalog.kinds:
        if site.catalog.of_kind(kind):
            yield kind_sheet(site, kind)
    yield from (entry_sheet(site, entry) for entry in site.catalog.entries.values())
    for kind in site.catalog.kinds:
        yield from (pair_sheet(site, one, other) for one, other in site.catalog.pairs(kind))
    yield from (matrix_sheet(site, view) for view in matrix_views(site))
    yield from measured_sheets(site)
    yield from article_sheets(site)
    yield from (case_sheet(site, name) for name in site.rankings)
    yield from application_sheets(site)


def kind_sheet(site: Site, name: str) -> Sheet:
    """Return the page that lists the entries of a kind."""
    kind, entries = site.catalog.kinds[name], site.catalog.of_kind(name)
    cases = [ranking for ranking in site.rankings.values() if ranking.case.kind == name]
    return Sheet(
        url=f"{name}/",
        title=kind.name,
        description=f"{kind.summary} {len(entries)} compared by {len(kind.criteria)} criteria, with source and date.",
        template="kind.html",
        context=lambda: {"kind": kind, "entries": entries, "pairs": len(entries) > 1, "cases": cases},
        edit=f"data/criteria/{name}.yml",
        in_search=kind.summary,
    )


def entry_sheet(site: Site, entry: Entry) -> Sheet:
    """Return the page of an entry."""
    return Sheet(
        url=entry.url,
        title=entry.name,
        description=f"{entry.record.summary} {entry.answered} facts, each with its source and date.",
        template="entry.html",
        context=lambda: {"view": entry_view(site, entry)},
        edit=entry.path,
        tile=entry.tile,
        boost=round(8 / sqrt(len(entry.name.replace("-", " ").split())), 1),  # “flask” is Flask before Flask-WTF
        in_search=entry.record.summary,
    )


def pair_sheet(site: Site, one: Entry, other: Entry) -> Sheet:
    """Return the page of a pair."""
    return Sheet(
        url=pair_url(one, other),
        title=f"{one.name} and {other.name}",
        description=f"{one.name} and {other.name}, fact by fact: where they differ and when to choose which.",
        template="pair.html",
        context=lambda: {"view": pair_view(site, one, other), "switch": site.switches.get((one.id, other.id))},
        in_search="",
        boost=4,
    )


def matrix_sheet(site: Site, view: MatrixView) -> Sheet:
    """Return the page of a matrix."""
    folder = "matrices" if view.id in site.catalog.matrices else "criteria"
    return Sheet(
        url=view.url,
        title=view.name,
        description=view.summary,
        template="matrix.html",
        context=lambda: {"view": view},
        edit=f"data/{folder}/{view.id}.yml",
        in_search=view.summary,
    )


def measured_sheets(site: Site) -> Iterator[Sheet]:
    """Yield the pages about what was measured: health, behaviour, each probe, and what to check again."""
    catalog = site.catalog
    if catalog.readings.registry:
        yield Sheet(
            url="matrix/health/",
            title="Health",
            description="How often every package is released, on what it runs, what it brings along; measured, dated.",
            template="health_matrix.html",
            context=dict,
            in_search="Releases, Pythons, dependencies, size and status of every entry.",
        )
    view = behaviour(catalog)
    if view:
        first = sorted(view.runs, key=lambda run: -site.mentions.get(run.entry, 0))[:2]
        yield Sheet(
            url="matrix/behaviour/",
            title="Behaviour",
            description=f"{len(view.probes)} questions put to {len(view.runs)} running stacks, with what came back.",
            template="behaviour.html",
            context=lambda: {"view": view, "first": [run.stack for run in first]},
            in_search="What running frameworks do, by default and on request.",
        )
        yield from (probe_sheet(probe) for probe in view.probes)
    found = rechecks(catalog, site.weights)
    yield Sheet(
        url="recheck/",
        title="To check again",
        description="Facts whose package has moved on since they were read, those that weigh most first.",
        template="recheck.html",
        context=lambda: {"rechecks": found, "total": sum(len(item.facts) for item in found)},
        in_search="Facts that are no longer current.",
    )


def article_sheets(site: Site) -> Iterator[Sheet]:
    """Yield the page about the code blocks of an article."""
    view = article_view(site.catalog)
    if view:
        yield Sheet(
            url="code/article/",
            title="An article’s code today",
            description=f"{len(view.blocks)} code blocks of an article as printed: how each ends today, "
            "what broke it and when, and a tested form of today.",
            template="blocks.html",
            context=lambda: {"view": view},
            in_search="Broken and deprecated calls of Django, FastAPI and Flask, with the release that broke them.",
        )


def probe_sheet(probe: ProbeView) -> Sheet:
    """Return the page of a probe."""
    return Sheet(
        url=f"behaviour/{probe.id}/",
        title=probe.question,
        description=f"{probe.question} Asked of {len(probe.answered)} running stacks, with what came back.",
        template="probe.html",
        context=lambda: {"view": probe},
        in_search="",
    )


def application_sheets(site: Site) -> Iterator[Sheet]:
    """Yield the pages about the Books application: each task, the contract, each application, each pair."""
    found = site.sides
    if found:
        yield from (task_sheet(found, task) for task in TASKS)
    yield Sheet(
        url="code/contract/",
        title="The contract, and who meets it",
        description=f"What {len(found)} applications must do, and what one suite of tests found of each.",
        template="contract.html",
        context=lambda: {"found": tuple(found.values())},
        edit="lab/books/CONTRACT.md",
        in_search="What the Books application must do, and which framework's does.",
    )
    yield from (application_sheet(side) for side in found.values())
    yield from (pair_code_sheet(switch) for switch in site.switches.values())


def task_sheet(found: Mapping[str, Side], task: str) -> Sheet:
    """Return the page of a task in every framework."""
    name, question = TASKS[task]
    return Sheet(
        url=f"code/{task}/",
        title=f"{name} in {len(found)} frameworks",
        description=f"{question} The same task in {len(found)} frameworks, as code that was run.",
        template="task.html",
        context=lambda: {"view": task_view(found, task)},
        in_search=question,
    )


def application_sheet(side: Side) -> Sheet:
    """Return the page with all files of an application."""
    return Sheet(
        url=f"{side.entry.url}code/",
        title=f"Books in {side.entry.name}",
        description=f"A whole application in {side.entry.name}: every file, what it takes, and what its tests found.",
        template="application.html",
        context=lambda: {"side": side, "shown": files(side)},
        edit=side.code.shown,
        tile=side.entry.tile,
        in_search=f"The Books application: {side.code.application.record.uses}.",
        boost=1,
    )


def pair_code_sheet(switch: Switching) -> Sheet:
    """Return the page with both applications of a pair side by side."""
    one, other = switch.one.entry, switch.other.entry
    return Sheet(
        url=f"{pair_url(one, other)}code/",
        title=f"The same application in {one.name} and {other.name}",
        description=f"{one.name} and {other.name} side by side in {len(TASKS)} tasks, as code that was run.",
        template="pair_code.html",
        context=lambda: {"view": switch},
        in_search="",
        boost=0.5,
    )


def case_sheet(site: Site, name: str) -> Sheet:
    """Return the page of a use case."""
    ranking = site.rankings[name]
    return Sheet(
        url=f"guide/{name}/",
        title=ranking.case.name,
        description=f"{ranking.case.question} A ranking computed from facts, with its sum and its reasons.",
        template="use_case.html",
        context=lambda: {"ranking": ranking},
        edit=f"data/guide/{name}.yml",
        in_search=ranking.case.summary,
    )


def redirects(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield a small page for every reversed pair, which leads to the pair with its query and anchor."""
    catalog = renderer.site.catalog
    for kind in catalog.kinds:
        for one, other in catalog.pairs(kind):
            target = f"../{one.id}-vs-{other.id}/"
            html = renderer("redirect.html", "../../", target=target, title=f"{one.name} and {other.name}")
            yield f"compare/{other.id}-vs-{one.id}/index.html", html
            if (one.id, other.id) in renderer.site.switches:
                target = f"../../{one.id}-vs-{other.id}/code/"
                html = renderer("redirect.html", "../../../", target=target, title=f"{one.name} and {other.name}")
                yield f"compare/{other.id}-vs-{one.id}/code/index.html", html


def search_entries(site: Site) -> Iterator[dict[str, Any]]:
    """Yield what the search knows of pages that it does not read, and of criteria."""
    for url, (title, description) in BUILD.hand_written.items():
        yield search_entry(url, title, description, boost=6)
    for sheet in sheets(site):
        if sheet.in_search is not None:
            yield search_entry(sheet.url, sheet.title, sheet.in_search, boost=sheet.boost)
    for kind in site.catalog.kinds.values():
        if site.catalog.of_kind(kind.id):
            for criterion in kind.criteria.values():
                title, text = f"{criterion.name} ({kind.name})", criterion.question
                yield search_entry(f"matrix/{kind.id}/#{criterion.id}", title, text, boost=1)
