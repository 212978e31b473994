"""Views to HTML: our own Jinja environment, which escapes everything and refuses what is undefined."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.ext import Extension
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from macros.catalog import Criterion, Entry, Fact, pair_url
from macros.code_views import OUTCOMES, beside
from macros.fields import package_name, package_page
from macros.measured_views import runs_on, size
from macros.regions import TASKS
from macros.views import Site

TEMPLATES = Path(__file__).parent / "templates"
ALLOWED_TAGS = {"p", "ul", "ol", "li", "em", "strong", "code", "a", "br"}


def long_date(day: date) -> str:
    """Return the day as `20 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def figure(value: Any) -> str:
    """Return a figure that a probe saw, as text: yes or no, a number, a word, or several of them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {figure(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(figure, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def host(address: str) -> str:
    """Return the host of an https address, without www."""
    return address.removeprefix("https://").split("/", 1)[0].removeprefix("www.")


def code(text: str) -> Markup:
    """Return plain text with what stands between backticks as code; everything is escaped."""
    parts = [escape(part) for part in text.split("`")]
    marked = [Markup("<code>{}</code>").format(part) if index % 2 else part for index, part in enumerate(parts)]
    return Markup("").join(marked)


def markdown(text: str) -> Markup:
    """Return contributed Markdown as HTML: no raw HTML, then sanitised, links to https only."""
    html = MarkdownIt("commonmark", {"html": False}).render(text)
    clean = nh3.clean(
        html, tags=ALLOWED_TAGS, attributes={"a": {"href"}}, url_schemes={"https"}, url_relative="deny", link_rel=None
    )
    return Markup(clean)  # noqa: S704 - sanitised in the line above


class Unindented(Extension):
    """Takes the blanks off the beginning of every line of a template outside `<pre>`: they would weigh on each page."""

    indentation = re.compile(r"(<pre\b.*?</pre>)|^[ \t]+", re.DOTALL | re.MULTILINE)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source without indentation; line breaks stay, so errors are reported at the right line."""
        return self.indentation.sub(r"\1", source)


class _Compiled(BytecodeCache):
    """Templates compiled once a process: `make serve` renders the site again and again."""

    made: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.made:
            bucket.bytecode_from_string(self.made[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.made[bucket.key] = bucket.bytecode_to_string()


class Renderer:
    """Renders templates for pages at a given depth; the HTML of a fact is made once and used on every page."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_Compiled(),
            extensions=[Unindented],
        )
        self.environment.filters.update(day=long_date, figure=figure, host=host, markdown=markdown, code=code)
        self.environment.globals.update(
            site=site,
            catalog=site.catalog,
            pair_url=pair_url,
            package_name=package_name,
            package_page=package_page,
            runs_on=runs_on,
            tasks=TASKS,
            outcomes=OUTCOMES,
            beside=beside,
            size=size,
        )
        self._parts = self.environment.get_template("parts/facts.html")
        self._modules: dict[str, Any] = {}
        self._made: dict[tuple[str, ...], Markup] = {}

    def __call__(self, template: str, root: str, **context: Any) -> str:
        """Return the rendered template; `root` leads from the page to the root of the site, such as `../../`."""
        part, row = self._part(root), self._row(root)
        return self.environment.get_template(template).render(root=root, part=part, row=row, **context)

    def _part(self, root: str) -> Callable[..., Markup]:
        """Return a function that renders a macro of parts/facts.html, once for each fact and depth of page."""
        if root not in self._modules:
            self._modules[root] = self._parts.make_module({"root": root})
        module = self._modules[root]

        def part(name: str, entry: Entry, fact: Fact) -> Markup:
            key = (root, name, entry.id, fact.criterion.id)
            if key not in self._made:
                self._made[key] = getattr(module, name)(entry, fact)
            return self._made[key]

        return part

    def _row(self, root: str) -> Callable[[Criterion], Markup]:
        """Return a function that renders the beginning of a criterion's row, once for all pages of this depth."""
        module = self._modules[root]

        def row(criterion: Criterion) -> Markup:
            key = (root, "row", criterion.kind, criterion.id)
            if key not in self._made:
                self._made[key] = module.row(criterion)
            return self._made[key]

        return row
