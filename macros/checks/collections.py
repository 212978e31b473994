"""The rules of criteria, ratings, use cases, stacks, matrices and measures: one function each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, known, listed, rule
from macros.reading.documents import Location, Problem, quoted, suggestion


@rule
def criteria_are_well_formed(scope: Scope) -> Iterator[Problem]:
    """Groups and criteria are declared once and exist; a criterion has exactly one of scale, values and pattern."""
    shared = scope.sources.shared
    homes: list[tuple[Loaded[Any], schema.Kind]]
    homes = [(kind, kind.record) for kind in scope.sources.kinds.values() if kind.record]
    if shared and shared.record:
        yield from _once(shared, ("criteria",), [c.id for c in shared.record.criteria])
        for index, criterion in enumerate(shared.record.criteria):
            yield from _criterion(scope, shared, ("criteria", index), criterion)
    shared_ids = [c.id for c in shared.record.criteria] if shared and shared.record else []
    for home, record in homes:
        yield from _once(home, ("groups",), [group.id for group in record.groups])
        seen: set[str] = set()
        for place, group in enumerate(record.groups):
            for index, item in enumerate(group.criteria):
                where: Location = ("groups", place, "criteria", index)
                name = item if isinstance(item, str) else item.id
                if isinstance(item, str) and item not in shared_ids and not (shared and shared.record is None):
                    yield home.problem(
                        where,
                        f"{quoted(item)} is not a shared criterion.{suggestion(item, shared_ids)} "
                        "They are listed in data/criteria/shared.yml.",
                    )
                elif not isinstance(item, str):
                    yield from _criterion(scope, home, where, item)
                if name in seen:
                    yield home.problem(where, f"{name} is declared twice. Keep one.")
                seen.add(name)


def _once(home: Loaded[Any], where: Location, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield home.problem((*where, index), f"{name} is declared twice. Keep one.")


def _criterion(scope: Scope, home: Loaded[Any], where: Location, criterion: schema.Criterion) -> Iterator[Problem]:
    given = [key for key in ("scale", "values", "pattern") if getattr(criterion, key)]
    scales = scope.sources.scales.record.scales if scope.sources.scales and scope.sources.scales.record else {}
    if len(given) != 1:
        yield home.problem(
            where,
            f"{criterion.id} needs exactly one of scale, values, pattern; it has {listed(given) or 'none'}.",
        )
    if criterion.scale and scales and criterion.scale not in scales:
        yield home.problem(
            (*where, "scale"),
            f"scale must be one of {listed(scales)}; not {quoted(criterion.scale)}."
            f"{suggestion(criterion.scale, scales)}",
        )
    values = scope.sources.scale_values(criterion)
    if criterion.probe and values:
        for answer in ("pass", "fail", "absent", "opt-in"):
            for index, value in enumerate(criterion.probe.allowed(answer)):
                yield from known(home, (*where, "probe", answer, index), value, values, f"a value of {criterion.id}")
    if criterion.pattern:
        try:
            re.compile(criterion.pattern)
        except re.error as error:
            yield home.problem((*where, "pattern"), f"pattern is not a regular expression: {error}. Correct it.")
        if not criterion.form:
            yield home.problem(where, f"{criterion.id} has a pattern without form. Say in words what is meant.")


@rule
def ratings_stand_on_criteria(scope: Scope) -> Iterator[Problem]:
    """A rating names criteria and values of its kind, or a measure, and has the parts that its rule needs."""
    for loaded, rating in scope.collection("ratings"):
        yield from known(loaded, ("kind",), rating.kind, scope.sources.kinds, "a kind")
        if (rating.rule.by == "share") != bool(rating.rule.criteria):
            yield loaded.problem(("rule",), "A rule by share has criteria, and only that one. Add or remove them.")
        if (rating.rule.by == "positions") != bool(rating.rule.measures):
            yield loaded.problem(("rule",), "A rule by positions has measures, and only that one. Add or remove them.")
        if (rating.rule.by in ("thresholds", "position")) != bool(rating.rule.measure):
            yield loaded.problem(
                ("rule",),
                f"A rule by {rating.rule.by} {'has no' if rating.rule.measure else 'needs a'} measure. Correct it.",
            )
        if rating.rule.by == "thresholds" and (
            len(rating.rule.steps) != 5
            or list(rating.rule.steps) != sorted(rating.rule.steps, reverse=rating.rule.better == "less")
        ):
            yield loaded.problem(
                ("rule",), "A rule by thresholds needs five steps, from the worst to the best. Correct steps."
            )
        for index, part in enumerate(rating.rule.criteria):
            where: Location = ("rule", "criteria", index)
            yield from _credited(scope, loaded, where, rating.kind, part)


def _credited(
    scope: Scope,
    loaded: Loaded[Any],
    where: Location,
    kind: str,
    part: schema.Part,
) -> Iterator[Problem]:
    criteria, name, credit = scope.sources.criteria(kind), part.criterion, part.credit
    if name not in criteria:
        yield from known(loaded, where, name, criteria, "a criterion of its kind")
        return
    values = scope.sources.scale_values(criteria[name])
    for value in credit or {}:
        yield from known(loaded, (*where, "credit", value), value, values, f"a value of {name}")
    if credit is None and all(value.credit is None for value in values.values()):
        yield loaded.problem(
            where,
            f"The values of {name} have no credit of their own. Add credit: with a number from 0 to 1 for its values.",
        )


@rule
def use_cases_stand_on_criteria(scope: Scope) -> Iterator[Problem]:
    """A use case names a kind, criteria and values that exist, and articles and entries that exist."""
    for loaded, case in scope.collection("guide"):
        criteria = scope.sources.criteria(case.kind)
        yield from known(loaded, ("kind",), case.kind, scope.sources.kinds, "a kind")
        for index, need in enumerate(case.needs):
            yield from known(
                loaded, ("needs", index, "criterion"), need.criterion, criteria, f"a criterion of {case.kind}"
            )
            if need.criterion in criteria:
                for place, value in enumerate(need.values):
                    allowed = scope.sources.scale_values(criteria[need.criterion])
                    yield from known(
                        loaded,
                        ("needs", index, "values", place),
                        value,
                        allowed,
                        f"a value of {need.criterion}",
                    )
        for name, weight in case.weights.items():
            part = schema.Part.model_construct(criterion=name, credit=weight.credit)
            yield from _credited(scope, loaded, ("weights", name), case.kind, part)
        ratings = scope.ratings(case.kind)
        for name in case.ratings:
            yield from known(loaded, ("ratings", name), name, ratings, f"a rating of {case.kind}")
        for index, said in enumerate(case.said):
            yield from _said(scope, loaded, ("said", index), said)


def _said(scope: Scope, loaded: Loaded[Any], where: Location, said: schema.Said) -> Iterator[Problem]:
    yield from known(
        loaded,
        (*where, "article"),
        said.article,
        scope.sources.collections["articles"],
        "an article of data/articles/",
    )
    for index, name in enumerate(said.recommends):
        yield from known(loaded, (*where, "recommends", index), name, scope.entry_ids, "an entry")


@rule
def stacks_stand_on_entries(scope: Scope) -> Iterator[Problem]:
    """A stack names entries, a use case and an article that exist, and each part is an entry or something outside."""
    for loaded, stack in scope.collection("stacks"):
        yield from _said(scope, loaded, ("said",), stack.said)
        if stack.use_case:
            yield from known(
                loaded,
                ("use-case",),
                stack.use_case,
                scope.sources.collections["guide"],
                "a use case of data/guide/",
            )
        for index, part in enumerate(stack.parts):
            if (part.entry is None) == (part.outside is None):
                yield loaded.problem(("parts", index), "A part is one thing. Give either entry: or outside:.")
            if part.entry:
                yield from known(loaded, ("parts", index, "entry"), part.entry, scope.entry_ids, "an entry")


@rule
def matrices_stand_on_entries(scope: Scope) -> Iterator[Problem]:
    """A matrix names kinds, entries, groups, criteria and ratings that exist, and has something to show."""
    entries = scope.entry_ids
    for loaded, matrix in scope.collection("matrices"):
        if loaded.id in scope.sources.kinds:
            yield loaded.problem((), f"{loaded.id} is the address of the full matrix of a kind. Rename the file.")
        for index, table in enumerate(matrix.tables):
            where: Location = ("tables", index)
            yield from known(loaded, (*where, "kind"), table.kind, scope.sources.kinds, "a kind")
            if scope.asked(table.kind):
                yield from _table(scope, loaded, where, table)
            of_kind = [entry.id for entry in entries.values() if entry.folder == table.kind]
            for place, name in enumerate(table.entries):
                yield from known(loaded, (*where, "entries", place), name, of_kind, f"an entry of {table.kind}")


def _table(scope: Scope, loaded: Loaded[Any], where: Location, table: schema.Table) -> Iterator[Problem]:
    kind = scope.sources.kinds.get(table.kind)
    criteria = scope.sources.criteria(table.kind)
    groups = [group.id for group in kind.record.groups] if kind and kind.record else []
    ratings = scope.ratings(table.kind)
    rows: list[tuple[Location, Any]] = [(where, table)]
    rows += [((*where, "sections", index), section) for index, section in enumerate(table.sections)]
    for place, row in rows:
        for index, name in enumerate(row.criteria):
            yield from known(loaded, (*place, "criteria", index), name, criteria, f"a criterion of {table.kind}")
        for index, name in enumerate(row.ratings):
            yield from known(loaded, (*place, "ratings", index), name, ratings, f"a rating of {table.kind}")
    for index, name in enumerate(table.groups):
        yield from known(loaded, (*where, "groups", index), name, groups, f"a group of {table.kind}")
    if not (table.criteria or table.groups or table.ratings or table.sections):
        yield loaded.problem(where, "The table shows nothing. Add criteria, groups, ratings or sections.")


@rule
def concepts_stand_on_criteria(scope: Scope) -> Iterator[Problem]:
    """A concept of Spring names a kind, a criterion and entries that exist."""
    loaded = scope.sources.concepts
    if not loaded or not loaded.record:
        return
    for index, name in enumerate(loaded.record.entries):
        yield from known(loaded, ("entries", index), name, scope.entry_ids, "an entry")
    for index, concept in enumerate(loaded.record.concepts):
        yield from known(loaded, ("concepts", index, "kind"), concept.kind, scope.sources.kinds, "a kind")
        criteria = scope.sources.criteria(concept.kind)
        if scope.asked(concept.kind):
            where = ("concepts", index, "criterion")
            yield from known(loaded, where, concept.criterion, criteria, f"a criterion of {concept.kind}")


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
def measured_values_belong_to_entries(scope: Scope) -> Iterator[Problem]:
    """A measured value belongs to an entry."""
    for loaded, measured in scope.collection("measured"):
        for name in measured.values:
            yield from known(loaded, ("values", name), name, scope.entry_ids, "an entry")


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
