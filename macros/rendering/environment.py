"""Views to HTML: our own Jinja environment, which escapes everything and refuses what is undefined.

Beside its view a template sees the index of names and the tasks alone: what a page depends on is what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from macros.cache.store import NOTHING, Store
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Entry
from macros.code.tasks import TASKS
from macros.reading.documents import Problem
from macros.rendering.compiled import CompiledTemplates
from macros.rendering.filters import code, figure, host, is_package, issue_address, markdown, marked, repository_of
from macros.rendering.output import PrintingEnvironment
from macros.rendering.parts import Parts
from macros.schema.fields import package_name, package_page
from macros.views.site import Site
from macros.views.text import factor_in_words, fixed, long_date, number, percent, plural, share_of_draws

PROBLEM_PAGE = "problems.html"
TEMPLATES = Path(__file__).parent / "templates"


class Unindented(Extension):
    """Takes the blanks off the beginning of every line of a template outside `<pre>`: they would weigh on each page."""

    indentation = re.compile(r"(<pre\b.*?</pre>)|^[ \t]+", re.DOTALL | re.MULTILINE)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source without indentation; line breaks stay, so errors are reported at the right line."""
        return self.indentation.sub(r"\1", source)


def environment(store: Store = NOTHING) -> Environment:
    """Return the Jinja environment of our templates: it escapes everything and refuses what is undefined."""
    made = PrintingEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(store),
        extensions=[Unindented],
    )
    made.filters.update(day=long_date, fixed=fixed, number=number, percent=percent, plural=plural)
    made.filters.update(draws=share_of_draws, factor=factor_in_words)
    made.filters.update(figure=figure, host=host, markdown=markdown, code=code, marked=marked)
    made.filters.update(issue_address=issue_address, repository_of=repository_of)
    made.filters.update(package_name=package_name, package_page=package_page)
    made.tests.update(package=is_package)
    return made


def problem_page(problems: Iterable[Problem | str]) -> str:
    """Return the page that `mkdocs serve` shows in place of every other while the data is not in order."""
    return environment().get_template(PROBLEM_PAGE).render(problems=tuple(problems))


class Renderer:
    """Renders templates for pages at a given depth; the HTML of a fact is made once and used on every page."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.environment = environment(site.store)
        self.environment.globals.update(index=site.index, tasks=TASKS, zip=zip)
        self._parts = self.environment.get_template("parts/facts.html")
        self._modules: dict[str, Any] = {}
        self._shared = Parts()

    def __call__(self, template: str, root: str, **context: Any) -> str:
        """Return the rendered template; `root` leads from the page to the root of the site, such as `../../`."""
        part, row = self._part(root), self._row(root)
        return self.environment.get_template(template).render(root=root, part=part, row=row, **context)

    def forget(self) -> None:
        """Release the parts that pages share. A page that is rendered later makes its own again."""
        self._shared.forget()

    def _part(self, root: str) -> Callable[..., Markup]:
        """Return a function that renders a macro of parts/facts.html, once for each fact and depth of page."""
        if root not in self._modules:
            self._modules[root] = self._parts.make_module({"root": root})
        module = self._modules[root]

        def part(name: str, entry: Entry, fact: Fact) -> Markup:
            return self._shared.once(
                (root, name, entry.id, fact.criterion.id), lambda: getattr(module, name)(entry, fact)
            )

        return part

    def _row(self, root: str) -> Callable[[Criterion], Markup]:
        """Return a function that renders the beginning of a criterion's row, once for all pages of this depth."""
        module = self._modules[root]

        def row(criterion: Criterion) -> Markup:
            return self._shared.once((root, "row", criterion.kind, criterion.id), lambda: module.row(criterion))

        return row
