"""The rules of the pages that prove facts: whose they are, and which release they describe."""

from __future__ import annotations

from collections.abc import Iterator

from macros import schema
from macros.catalog.evidence import version_of
from macros.catalog.projects import Projects
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, rule
from macros.reading.documents import Problem, quoted, suggestion
from macros.schema.fields import package_url
from macros.schema.measured.base import day_of


@rule
def releases_have_a_project(scope: Scope) -> Iterator[Problem]:
    """A page that describes a release is the entry's own, or another entry's, or `of` says whose release it is."""
    projects = scope.projects
    all_known = all(_homes_read(loaded) for loaded in scope.sources.entries)
    for loaded, record in scope.entries():
        for index, page in enumerate(record.evidence):
            where = ("evidence", index, "version")
            if page.of:
                yield from _of(scope, loaded, index, page)
            elif page.version and all_known and projects.of_page(loaded.id, page) is None:
                yield loaded.problem(
                    where,
                    f"version {quoted(page.version)} is not that of {record.name}: the page is not its own, nor that "
                    "of another entry. Add of: and the package whose release it is, such as pkg:pypi/channels; or, "
                    "if the page is its own, the address under documentation.",
                )


def _homes_read(loaded: Loaded[schema.Entry]) -> bool:
    """Return whether it is known which pages are the entry's: where a record is broken, a page may be its own."""
    return loaded.readable is not None and all(
        loaded.whole((key,)) for key in ("website", "repository", "documentation")
    )


def _of(scope: Scope, loaded: Loaded[schema.Entry], index: int, page: schema.Evidence) -> Iterator[Problem]:
    of, where = page.of or "", ("evidence", index, "of")
    if not page.version and loaded.reads(("evidence", index, "version")):
        yield loaded.problem(where, "of says whose release version is, but there is no version. Add it, or remove of.")
    if of.startswith("pkg:"):
        try:
            package_url(of)
        except ValueError as error:
            yield loaded.problem(where, f"of {quoted(of)} {error}")
    elif of not in scope.entry_ids:
        yield loaded.problem(
            where,
            f"of {quoted(of)} is not the id of an entry.{suggestion(of, scope.entry_ids)} "
            "Write the id of an entry, or a package URL such as pkg:pypi/channels.",
        )


@rule
def versions_exist(scope: Scope) -> Iterator[Problem]:
    """A page does not describe a release that is newer than the newest one that the registry knows of its project."""
    projects = scope.projects
    for loaded, record in scope.entries():
        for index, page in enumerate(record.evidence):
            yield from _newer(projects, loaded, index, page)


def _newer(projects: Projects, loaded: Loaded[schema.Entry], index: int, page: schema.Evidence) -> Iterator[Problem]:
    project = projects.of_page(loaded.id, page) if page.version else None
    reading = project.reading if project else None
    if project is None or reading is None or page.version is None:
        return
    newest, described = version_of(reading.latest.version), version_of(page.version)
    if newest and described and described > newest:
        yield loaded.problem(
            ("evidence", index, "version"),
            f"version {quoted(page.version)} is newer than the newest release of {project.name}, "
            f"{reading.latest.version} (as of {day_of(reading.moment)}). Write the release that the page "
            "describes; if that one is out by now, run make lab-registry.",
        )
