"""Pure functions from a code block of an article, and what became of it, to what its page needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from macros import schema
from macros.catalog.model import Catalog, Entry
from macros.code import highlight
from macros.schema import routes
from macros.schema.measured.blocks import BlockOutcome, BlockRun, BlockStep
from macros.views.text import plural

ENDS: Mapping[str, tuple[str, str, str]] = {
    "runs": ("●", "supported", "runs"),
    "warns": ("◇", "limited", "runs, and warns"),
    "fails": ("✕", "broken", "fails"),
}
"""The symbol, the tone and the word for how a printed block ended."""


OUT_OF_DATE = ("deprecated", "superseded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a printed block: its number in the article, its HTML, and whether a finding points at it."""

    number: int
    html: Markup
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a printed block ended, as it is shown."""

    symbol: str
    tone: str
    word: str
    outcome: BlockOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding with the word for its fault, and the step of the run that shows it."""

    record: schema.Finding
    word: str
    tone: str
    step: BlockStep | None

    @property
    def seen(self) -> str:
        """Return what the run showed: what went wrong in which step, or what was expected there and what was found."""
        if self.step is None:
            return ""
        found = self.step.error or "a warning"
        if self.step.kind == "expect":
            return f"expected: {self.step.what}; found: {found}"
        return f"{self.step.what}: {found}"


class Named(NamedTuple):
    """Something with an address of its own, from the root of the site, and what it is called."""

    url: str
    name: str


class BesideFile(NamedTuple):
    """A file that blocks use: its id on the page of the article, and its path."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A code block: as printed, how it ended, what was found, and today's form."""

    id: str
    url: str
    number: int
    record: schema.Block
    entry: Entry
    run: BlockRun
    printed: tuple[Line, ...]
    today: tuple[Markup, ...]
    alone: End
    context: End | None
    findings: tuple[FindingView, ...]
    after: tuple[Named, ...]
    """The blocks that stand before it in context, as printed."""
    given: tuple[tuple[str, Markup], ...]
    today_after: tuple[Named, ...]
    beside: tuple[Named, ...]
    tests: tuple[tuple[str, str], ...]
    """The tests of today's form in words, each with its error or an empty text."""
    neighbours: tuple[tuple[str, Named], ...]
    """The block before it and the one after it, by what they are to it."""

    @property
    def passed(self) -> int:
        """Return how many tests of today's form passed."""
        return sum(1 for test in self.run.tests if not test.error)

    @property
    def place(self) -> str:
        """Return its lines in the article."""
        return f"lines {self.record.lines[0]} to {self.record.lines[1]}"

    @property
    def lines_found(self) -> tuple[int, ...]:
        """Return the numbers of the lines that findings point at."""
        return tuple(line.number for line in self.printed if line.found)

    @property
    def tested(self) -> str:
        """Return how many of the tests of the corrected version passed, in words."""
        return f"{self.passed} of {plural(self.run.tests, 'test')} pass"

    @property
    def endings(self) -> tuple[tuple[str, End], ...]:
        """Return how it ended alone and in context, by label."""
        both = (("As printed", self.alone), ("In context", self.context))
        return tuple((label, end) for label, end in both if end)

    @property
    def steps(self) -> tuple[BlockStep, ...]:
        """Return what was done with it: in context, if there is one."""
        return (self.context or self.alone).outcome.steps

    @property
    def needed(self) -> tuple[Named, ...]:
        """Return what its corrected version is tested with."""
        return (*self.today_after, *self.beside)


def block_view(catalog: Catalog, name: str, numbers: Mapping[str, int]) -> BlockView:
    """Return what is shown of a block; `numbers` says which block of its article each is."""
    assert catalog.readings.blocks
    record, run = catalog.blocks[name], catalog.readings.blocks.blocks[name]
    pointed_at = {line for finding in record.findings for line in finding.line}
    return BlockView(
        id=name,
        url=block_url(name),
        number=numbers[name],
        record=record,
        entry=catalog.entries[record.entry],
        run=run,
        printed=tuple(
            Line(number=number, html=html, found=number in pointed_at)
            for number, html in enumerate(highlight.lines(run.printed, run.language), record.lines[0])
        ),
        today=highlight.lines(run.today, run.language),
        alone=_end(run.alone),
        context=_end(run.context) if run.context else None,
        findings=tuple(_finding(finding, run) for finding in record.findings),
        after=tuple(_block(other, numbers) for other in run.after),
        given=tuple((file, highlight.highlight(text, run.language)) for file, text in run.given.items()),
        today_after=tuple(_block(other, numbers) for other in run.today_after),
        beside=tuple(Named(f"{routes.ARTICLE_CODE}#{beside_file(file).id}", file) for file in run.beside),
        tests=tuple((in_words(test.name), test.error) for test in run.tests),
        neighbours=_neighbours(catalog, name, numbers),
    )


def block_url(name: str) -> str:
    """Return the address of the page of a block."""
    return f"{routes.ARTICLE_CODE}{name}/"


def _block(name: str, numbers: Mapping[str, int]) -> Named:
    return Named(block_url(name), f"block {numbers[name]}")


def _neighbours(catalog: Catalog, name: str, numbers: Mapping[str, int]) -> tuple[tuple[str, Named], ...]:
    """Return the block before and the block after, where there is one."""
    by_number = {number: other for other, number in numbers.items()}
    sides = (("Previous", by_number.get(numbers[name] - 1)), ("Next", by_number.get(numbers[name] + 1)))
    return tuple((label, Named(block_url(other), catalog.blocks[other].name)) for label, other in sides if other)


def beside_file(path: str) -> BesideFile:
    """Return a file that an article leaves to its reader, with the place of its code on the page."""
    return BesideFile(re.sub(r"[^a-z0-9]+", "-", f"beside {path}".lower()), path)


def in_words(test: str) -> str:
    """Return the name of a test as words: `test_it_ends[no token]` is `it ends: no token`."""
    return re.sub(r"\[(.*)\]$", r": \1", test.removeprefix("test_").replace("_", " "))


def _end(outcome: BlockOutcome) -> End:
    symbol, tone, word = ENDS[outcome.ended]
    return End(symbol=symbol, tone=tone, word=word, outcome=outcome)


def _finding(finding: schema.Finding, run: BlockRun) -> FindingView:
    """Return the finding with the step that shows it: the one that failed, where it was taken twice.

    Names that are missing are missed by the block alone; all else is looked for in context first.
    """
    ways = (run.alone, run.context) if finding.fault == "missing" else (run.context, run.alone)
    outcomes = [outcome for outcome in ways if outcome]
    steps = [step for outcome in outcomes for step in outcome.steps if step.what == finding.shown]
    return FindingView(
        record=finding,
        word=schema.FAULTS[finding.fault],
        tone="limited" if finding.fault in OUT_OF_DATE else "broken",
        step=next((step for step in steps if step.error), steps[0] if steps else None),
    )
