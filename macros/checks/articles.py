"""The rules of articles, their code blocks and the findings about those."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, known, rule
from macros.reading.documents import Location, Problem, quoted
from macros.schema.articles import WORDS_OF_A_FIGURE
from macros.schema.measured.blocks import BlockRun


@rule
def articles_name_known_entries(scope: Scope) -> Iterator[Problem]:
    """What an article rates or remarks on is a rating and an entry that exist."""
    ratings = scope.sources.collections["ratings"]
    for loaded, article in scope.collection("articles"):
        for rating, stars in article.stars.items():
            yield from known(loaded, ("stars", rating), rating, ratings, "a rating")
            for name in stars:
                yield from known(loaded, ("stars", rating, name), name, scope.entry_ids, "an entry")
        for index, remark in enumerate(article.health):
            yield from known(loaded, ("health", index, "entry"), remark.entry, scope.entry_ids, "an entry")


@rule
def figures_of_articles_are_short(scope: Scope) -> Iterator[Problem]:
    """A figure that an article gives names an entry that exists, and is quoted in at most twelve words."""
    for loaded, article in scope.collection("articles"):
        for index, figure in enumerate(article.figures):
            where: Location = ("figures", index)
            yield from known(loaded, (*where, "entry"), figure.entry, scope.entry_ids, "an entry")
            if (words := len(figure.quote.split())) > WORDS_OF_A_FIGURE:
                message = (
                    f"The quotation has {words} words. Quote at most {WORDS_OF_A_FIGURE}: the figure and its unit."
                )
                yield loaded.problem((*where, "quote"), message)


@rule
def blocks_are_in_articles(scope: Scope) -> Iterator[Problem]:
    """A code block names an article and an entry that exist, and shares no line with another block of that article."""
    in_article: dict[str, list[tuple[Loaded[Any], schema.Block]]] = {}
    for loaded, block in scope.collection("blocks"):
        articles = scope.sources.collections["articles"]
        yield from known(loaded, ("article",), block.article, articles, "an article of data/articles/")
        yield from known(loaded, ("entry",), block.entry, scope.entry_ids, "an entry")
        first, last = block.lines
        if first > last:
            message = f"The block ends on line {last}, before it begins on line {first}. Correct the lines."
            yield loaded.problem(("lines",), message)
        elif loaded.whole(("lines",)) and loaded.reads(("article",)):
            in_article.setdefault(block.article, []).append((loaded, block))
    for blocks in in_article.values():
        for (loaded, one), (other, two) in permutations(blocks, 2):
            if one.lines[0] <= two.lines[1] and two.lines[0] <= one.lines[1]:
                message = f"{other.id} has lines {two.lines[0]} to {two.lines[1]} of that article. Correct one of them."
                yield loaded.problem(("lines",), message)


@rule
def findings_point_at_lines(scope: Scope) -> Iterator[Problem]:
    """A finding names the lines of its block that contain the call, as the block is printed in its run."""
    runs = scope.sources.readings.blocks
    unreadable = any(problem.path.endswith("/measured/blocks.json") for problem in scope.sources.problems)
    for loaded, block in scope.collection("blocks"):
        run = runs.blocks.get(loaded.id) if runs else None
        if run is None:
            if not unreadable:
                yield loaded.problem((), "This block has not been run. Run: python -m lab blocks")
        elif loaded.whole(("lines",)):
            yield from _lines(loaded, block, run)


def _lines(loaded: Loaded[Any], block: schema.Block, run: BlockRun) -> Iterator[Problem]:
    first, last = block.lines
    printed = dict(enumerate((line.strip() for line in run.printed.splitlines()), first))
    for index, finding in enumerate(block.findings):
        where: Location = ("findings", index)
        if not finding.line or not loaded.whole((*where, "line")):
            continue
        outside = [line for line in finding.line if line not in printed or line > last]
        if outside:
            message = f"Line {outside[0]} is not in the block, which has lines {first} to {last}. Correct it."
            yield loaded.problem((*where, "line"), message)
        elif finding.call.partition("…")[0].strip() not in " ".join(printed[line] for line in finding.line):
            yield loaded.problem(
                (*where, "call"),
                f"{quoted(finding.call)} is not on line {finding.line[0]}, which reads "
                f"{quoted(printed[finding.line[0]])}. Correct call or line; … means that something is left out.",
            )


@rule
def findings_are_confirmed(scope: Scope) -> Iterator[Problem]:
    """A finding has a page that was read, or a step of the block's run that shows it; what is out of date, since when.

    A step shows it if it failed, or if the run warned that something is deprecated.
    """
    runs = scope.sources.readings.blocks
    for loaded, block in scope.collection("blocks"):
        run = runs.blocks.get(loaded.id) if runs else None
        for index, finding in enumerate(block.findings):
            where: Location = ("findings", index)
            if not finding.source and not finding.shown:
                yield loaded.problem(where, "Nothing confirms the finding. Add source: with checked:, or shown:.")
            if bool(finding.source) != bool(finding.checked):
                missing = "checked" if finding.source else "source"
                yield loaded.problem(where, f"source and checked belong together. Add {missing}.")
            if finding.fault in ("removed", "deprecated") and not getattr(finding, finding.fault):
                message = f"The fault is {finding.fault}, but since which release? Add {finding.fault}."
                yield loaded.problem(where, message)
            if finding.shown and run:
                yield from _shown(loaded, (*where, "shown"), finding, run)


def _shown(loaded: Loaded[Any], where: Location, finding: schema.Finding, run: BlockRun) -> Iterator[Problem]:
    ended = [outcome for outcome in (run.alone, run.context) if outcome]
    names = [step.what for outcome in ended for step in outcome.steps]
    failed = {step.what for outcome in ended for step in outcome.steps if step.error}
    warned = finding.fault == "deprecated" and any(outcome.warnings for outcome in ended)
    yield from known(loaded, where, finding.shown or "", names, "a step of the block's run")
    if finding.shown in names and finding.shown not in failed and not warned:
        yield loaded.problem(where, f"{quoted(finding.shown or '')} passed, so it shows nothing. Correct one of them.")
