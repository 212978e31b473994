"""How the code blocks of an article ended: data/measured/blocks.json."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.schema.fields import Id, Plain
from macros.schema.measured.base import Machine, MeasuredRecord, Packages, Result, Seen


class BlockStep(MeasuredRecord):
    """What a reader does with a block: `run` must not fail, `expect` is what the block is meant to do."""

    what: Seen
    kind: Literal["run", "expect"]
    error: Seen = ""


class BlockWarning(MeasuredRecord):
    """A warning that something is deprecated, and the file that caused it."""

    category: Seen
    message: Seen
    file: Seen


class BlockOutcome(MeasuredRecord):
    """How a printed block ended."""

    ended: Literal["runs", "warns", "fails"]
    error: Seen = ""
    warnings: tuple[BlockWarning, ...] = ()
    steps: tuple[BlockStep, ...]


class BlockTest(MeasuredRecord):
    """A test of the corrected version; its error is empty if it passed."""

    name: Seen
    error: Seen = ""


class BlockRun(MeasuredRecord):
    """A block as it was run: as printed, alone and with what it assumes, and the corrected version with its tests."""

    language: Plain
    files: tuple[Plain, ...] = Field(description="Where the printed block is pasted.")
    printed: Seen
    alone: BlockOutcome
    context: BlockOutcome | None = Field(default=None, description="Given if the block assumes anything.")
    given: dict[str, Seen] = Field(default={}, description="What it assumes, by file.")
    after: tuple[Id, ...] = Field(default=(), description="The printed blocks that it assumes.")
    today: Seen = Field(description="The corrected version.")
    today_files: tuple[Plain, ...]
    today_after: tuple[Id, ...] = Field(default=(), description="The blocks whose corrected versions it imports.")
    beside: dict[str, Seen] = Field(default={}, description="Other files that the corrected version imports.")
    tests: tuple[BlockTest, ...] = Field(min_length=1)


class BlockRuns(Result):
    """The code blocks of an article."""

    blocks: dict[Id, BlockRun]
    environments: dict[Id, Packages] = Field(description="What was installed, by framework and form.")
    runtime: Plain
    machine: Machine
