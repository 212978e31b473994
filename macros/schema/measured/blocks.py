"""What became of the code blocks of an article: data/measured/blocks.json."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.schema.fields import Id, Plain
from macros.schema.measured.base import Moment, Seen, _Loose


class BlockStep(_Loose):
    """What a reader does with a block: `run` must not fail, `expect` is what it is meant to come to."""

    what: Seen
    kind: Literal["run", "expect"]
    error: Seen


class BlockWarning(_Loose):
    """A warning that something is deprecated, and the file that caused it."""

    category: Seen
    message: Seen
    file: Seen


class BlockOutcome(_Loose):
    """How a printed block ended."""

    ended: Literal["runs", "warns", "fails"]
    error: Seen
    warnings: tuple[BlockWarning, ...]
    steps: tuple[BlockStep, ...]


class BlockTest(_Loose):
    """A test of today's form; its error is empty where it passed."""

    name: Seen
    error: Seen


class BlockRun(_Loose):
    """A block as it was run: printed, alone and with what it takes for granted, and today's form with its tests."""

    language: Plain
    files: tuple[Plain, ...]
    printed: Seen
    alone: BlockOutcome
    context: BlockOutcome | None
    given: dict[str, Seen]
    after: tuple[Id, ...]
    today: Seen
    today_files: tuple[Plain, ...] = Field(alias="today_files")
    today_after: tuple[Id, ...] = Field(alias="today_after")
    beside: dict[str, Seen]
    tests: tuple[BlockTest, ...] = Field(min_length=1)


class BlockRuns(_Loose):
    """data/measured/blocks.json: the code blocks of an article."""

    blocks: dict[Id, BlockRun]
    versions: dict[str, dict[str, Plain]] = Field(description="What was installed, by framework and form.")
    runtime: Plain
    command: Plain
    measured: Moment
