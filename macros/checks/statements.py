"""The rule of statements: what people from a project say beside a value is about a fact of the record."""

from __future__ import annotations

from collections.abc import Iterator

from macros.checks.rules import Scope, rule
from macros.reading.documents import Location, Problem, quoted, suggestion

CURE = "Add the fact, or name another criterion."


@rule
def statements_are_about_facts(scope: Scope) -> Iterator[Problem]:
    """A statement is about a criterion that the record answers, and nobody makes two about the same one."""
    for loaded, record in scope.entries():
        answered = scope.answered(loaded)
        first: dict[tuple[str, str], int] = {}
        for index, reply in enumerate(record.statements):
            where: Location = ("statements", index, "criterion")
            if answered is not None and reply.criterion not in answered and loaded.reads(where):
                guess = suggestion(reply.criterion, answered)
                yield loaded.problem(where, f"This record does not answer {quoted(reply.criterion)}.{guess} {CURE}")
            said = (reply.criterion, reply.who)
            if said in first and loaded.reads(("statements", index, "who")):
                line = loaded.document.line(("statements", first[said]))
                message = f"{reply.who} makes two statements on {reply.criterion} (first on line {line}). Keep one."
                yield loaded.problem(("statements", index), message)
            first.setdefault(said, index)
