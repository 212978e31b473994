"""The generated pages about the Books application: one function returns the page for one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.catalog.model import pair_url
from macros.code.tasks import TASKS
from macros.plugin.specs import PageSpec
from macros.schema import routes
from macros.views.code import ApplicationRun, task_view
from macros.views.contract import application_view, contract_view
from macros.views.migrations import other_pairs
from macros.views.site import Site


def application_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the pages about the Books application: each task, the contract, each application, each pair."""
    found, agreed, planted = site.sides, site.catalog.contract, site.catalog.readings.mutations
    if found:
        yield from (task_page(found, task) for task in TASKS)
    yield PageSpec(
        url=routes.CONTRACT,
        title="The contract, and who meets it",
        description=f"What {len(found)} applications must do, and what one suite of tests found of each.",
        template="contract.html",
        context=lambda: {"view": contract_view(agreed, found, site.most_mentioned(found), planted)},
        edit="lab/books/items.yml",
        in_search="What the Books application must do, and which frameworks do it.",
    )
    yield from (application_page(agreed.items, side) for side in found.values())
    yield from (pair_code_page(site, one, other) for one, other in site.migrations)


def task_page(found: Mapping[str, ApplicationRun], task: str) -> PageSpec:
    """Return the page of a task in every framework."""
    name, question = TASKS[task]
    return PageSpec(
        url=f"code/{task}/",
        title=f"{name} in {len(found)} frameworks",
        description=f"{question} The same task in {len(found)} frameworks, as code that was run.",
        template="task.html",
        context=lambda: {"view": task_view(found, task)},
        in_search=question,
    )


def application_page(items: Mapping[str, str], side: ApplicationRun) -> PageSpec:
    """Return the page with all files of an application."""
    return PageSpec(
        url=f"{side.entry.url}code/",
        title=f"Books in {side.entry.name}",
        description=f"A whole application in {side.entry.name}: every file, what it takes, and what its tests found.",
        template="application.html",
        context=lambda: {"view": application_view(items, side)},
        edit=side.code.shown,
        tile=side.entry.tile,
    )


def pair_code_page(site: Site, first: str, second: str) -> PageSpec:
    """Return the page with both applications of a pair side by side."""
    one, other = site.sides[first].entry, site.sides[second].entry
    return PageSpec(
        url=f"{pair_url(one, other)}code/",
        title=f"The same application in {one.name} and {other.name}",
        description=f"{one.name} and {other.name} side by side in {len(TASKS)} tasks, as code that was run.",
        template="pair_code.html",
        context=lambda: {
            "view": site.migration(first, second),
            "others": other_pairs((first, second), tuple(site.sides)),
        },
    )
