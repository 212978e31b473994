"""Views to Markdown: the same pages for programs that read text. Whatever a template prints is escaped.

A template prints data, which may hold any sign, and macros, which return what is escaped already. So every value but
`Markup` passes through `escaped`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup

from macros.catalog.facts import Fact
from macros.catalog.model import Entry
from macros.rendering.compiled import CompiledTemplates
from macros.rendering.environment import Unindented
from macros.rendering.filters import host, is_package
from macros.rendering.output import PrintingEnvironment
from macros.rendering.parts import Parts
from macros.schema import routes
from macros.schema.fields import package_name
from macros.views.site import Site
from macros.views.text import fixed, long_date, number, percent, plural, share_of_draws

TEMPLATES = Path(__file__).parent / "markdown"
ANYWHERE = re.compile(r"[\\`*\[\]<|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~(?=~)|&(?=#?\w+;)|(?<=\s)#(?=#*$)")
"""Signs that mean something to Markdown inside a line or at its end: CommonMark, and the tables of GitHub."""
FIRST = re.compile(r"^(?:[#>=+-]|\d{1,9}(?=[.)](?:\s|$)))")
"""What means something at the beginning of a block: a heading, a quotation, a list."""
IN_A_TARGET = re.compile(r"[\s<>()\\]")


def escaped(value: Any) -> Markup:
    """Return a value as Markdown that shows it as it is; what a macro made is Markdown already."""
    if isinstance(value, Markup):
        return value
    text = ANYWHERE.sub(r"\\\g<0>", " ".join(str(value).split("\n")))
    if found := FIRST.match(text):
        text = f"\\{text}" if found.end() == 1 and not text[0].isdigit() else f"{found[0]}\\{text[found.end() :]}"
    return Markup(text)  # noqa: S704 - this is what escapes


def target(address: str) -> Markup:
    """Return an address as the target of a link."""
    return Markup(IN_A_TARGET.sub(lambda found: quote(found[0]), address))  # noqa: S704 - no sign is left that ends it


class Texts:
    """Renders Markdown for pages at a given depth; the text of a fact is made once and used on every page."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.environment = PrintingEnvironment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            finalize=escaped,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=CompiledTemplates(site.store),
            extensions=[Unindented],
        )
        self.environment.globals.update(index=site.index, zip=zip)
        self.environment.filters.update(day=long_date, fixed=fixed, number=number, percent=percent, plural=plural)
        self.environment.filters.update(draws=share_of_draws, host=host, package_name=package_name, target=target)
        self.environment.tests.update(package=is_package)
        self._parts = self.environment.get_template("parts.md")
        self._shared = Parts()

    def __call__(self, template: str, root: str, **context: Any) -> bytes:
        """Return the rendered template; `root` leads from the page to the root of the site."""
        rendered = self.environment.get_template(template).render(root=root, part=self._part(root), **context)
        return f"{rendered.strip()}\n".encode()

    def _part(self, root: str) -> Callable[[Entry, Fact], Markup]:
        """Return a function that renders a fact, once for each depth of page."""
        answer = self._parts.make_module({"root": root}).answer  # type: ignore[attr-defined]

        def part(entry: Entry, fact: Fact) -> Markup:
            return self._shared.once((root, entry.id, fact.criterion.id), lambda: answer(fact).strip())

        return part


def llms(site: Site, root: str) -> bytes:
    """Return the file that tells programs what there is (https://llmstxt.org/); `root` leads to the root."""
    catalog = site.catalog
    kinds = tuple((kind, found) for kind in catalog.kinds.values() if (found := catalog.of_kind(kind.id)))
    cases = tuple((name, case.name, case.question) for name, case in catalog.use_cases.items())
    feed = routes.ALL_CHANGES if site.changes else ""
    return Texts(site)("llms.txt", root, kinds=kinds, cases=cases, feed=feed)
