"""The rules of articles, their code blocks and what is found in those."""

from __future__ import annotations

from collections.abc import Iterator

from macros.checks.rules import Scope, known, rule
from macros.reading.documents import Location, Problem, quoted


@rule
def articles_speak_of_entries(scope: Scope) -> Iterator[Problem]:
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
def blocks_stand_in_articles(scope: Scope) -> Iterator[Problem]:
    """A code block names an article and an entry that exist, and the lines of no other block of that article."""
    taken: dict[str, list[tuple[int, int, str]]] = {}
    for loaded, block in scope.collection("blocks"):
        articles = scope.sources.collections["articles"]
        yield from known(loaded, ("article",), block.article, articles, "an article of data/articles/")
        yield from known(loaded, ("entry",), block.entry, scope.entry_ids, "an entry")
        first, last = block.lines
        if first > last:
            yield loaded.problem(("lines",), f"The block ends on line {last}, before it begins on {first}. Correct it.")
        for start, end, other in taken.setdefault(block.article, []):
            if first <= end and start <= last:
                yield loaded.problem(("lines",), f"{other} has lines {start} to {end} of that article. Correct one.")
        taken[block.article].append((first, last, loaded.id))


@rule
def findings_point_at_lines(scope: Scope) -> Iterator[Problem]:
    """A finding names lines of its block on which the call stands, as the block is printed in its run."""
    runs = scope.sources.readings.blocks
    unreadable = any(problem.path.endswith("/measured/blocks.json") for problem in scope.sources.problems)
    for loaded, block in scope.collection("blocks"):
        run = runs.blocks.get(loaded.id) if runs else None
        if run is None:
            if not unreadable:
                yield loaded.problem((), "This block has not been run. Run: python -m lab blocks")
            continue
        first, last = block.lines
        printed = dict(enumerate((line.strip() for line in run.printed.splitlines()), first))
        for index, finding in enumerate(block.findings):
            where: Location = ("findings", index)
            outside = [line for line in finding.line if line not in printed or line > last]
            if outside:
                where = (*where, "line")
                yield loaded.problem(where, f"Line {outside[0]} is not in the block, which has {first} to {last}.")
            elif finding.call.partition("…")[0].strip() not in " ".join(printed[line] for line in finding.line):
                stands = printed[finding.line[0]]
                yield loaded.problem(
                    (*where, "call"),
                    f"{quoted(finding.call)} does not stand on line {finding.line[0]}, which reads {quoted(stands)}. "
                    "Correct call or line; … stands for what is left out.",
                )


@rule
def findings_are_borne_out(scope: Scope) -> Iterator[Problem]:
    """A finding has a page that was read, or a step of the block's run that shows it; what is out of date, since when.

    A step shows it where it failed, or where the run warned that something is deprecated.
    """
    runs = scope.sources.readings.blocks
    for loaded, block in scope.collection("blocks"):
        run = runs.blocks.get(loaded.id) if runs else None
        ended = [outcome for outcome in (run.alone, run.context) if outcome] if run else []
        names = [step.what for outcome in ended for step in outcome.steps]
        failed = {step.what for outcome in ended for step in outcome.steps if step.error}
        for index, finding in enumerate(block.findings):
            where: Location = ("findings", index)
            if not finding.source and not finding.shown:
                yield loaded.problem(where, "Nothing bears the finding out. Add source: with checked:, or shown:.")
            if bool(finding.source) != bool(finding.checked):
                missing = "checked" if finding.source else "source"
                yield loaded.problem(where, f"source and checked go together. Add {missing}.")
            if finding.fault in ("removed", "deprecated") and not getattr(finding, finding.fault):
                yield loaded.problem(where, f"What is {finding.fault} is so since a release. Add {finding.fault}.")
            if finding.shown and run:
                yield from known(loaded, (*where, "shown"), finding.shown, names, "a step of the block's run")
                warned = finding.fault == "deprecated" and any(outcome.warnings for outcome in ended)
                if finding.shown in names and finding.shown not in failed and not warned:
                    yield loaded.problem(
                        (*where, "shown"), f"{quoted(finding.shown)} has passed, and so shows nothing. Correct either."
                    )
