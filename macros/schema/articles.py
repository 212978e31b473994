"""What articles and their code blocks may say: data/articles/, data/blocks/."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Day, Id, Link, Note, Plain, listed


class Remark(Record):
    """What an article says of an entry's health."""

    entry: Id
    line: Annotated[int, Field(ge=1, strict=True)]
    says: Plain


FAULTS = {
    "missing": "missing",
    "removed": "removed",
    "deprecated": "deprecated",
    "superseded": "superseded",
    "wrong": "wrong",
    "insecure": "insecure",
}
"""What may be wrong with a call in a code block, and the word for it."""


Lines = Annotated[tuple[Annotated[int, Field(ge=1, strict=True)], ...], BeforeValidator(listed), Field(min_length=1)]


class Finding(Record):
    """What is wrong with a call of a code block, and its form today."""

    line: Lines = Field(description="The lines of the article that contain it.")
    call: Plain = Field(description="The call as it is printed; … marks what is left out.")
    fault: Literal["missing", "removed", "deprecated", "superseded", "wrong", "insecure"] = Field(
        description="What is wrong with it: one of " + ", ".join(FAULTS) + "."
    )
    what: Note = Field(description="What is wrong, in one or two sentences.")
    deprecated: Plain | None = Field(None, description="The release since which it is out of date.")
    removed: Plain | None = Field(None, description="The release that removed it.")
    source: Link | None = Field(None, description="The page that says so.")
    checked: Day | None = Field(None, description="The day that page was read.")
    shown: Plain | None = Field(None, description="The step of the block's run that shows it.")
    today: Plain = Field(description="The form that is right today.")


class Block(Record):
    """A code block of an article: data/blocks/block-NN.yml. What became of it when it was run is measured."""

    article: Id = Field(description="The article.")
    lines: tuple[Annotated[int, Field(ge=1, strict=True)], Annotated[int, Field(ge=1, strict=True)]] = Field(
        description="Its first and its last line in the article."
    )
    entry: Id = Field(description="The entry that it shows.")
    name: Bare = Field(description="What it is called.")
    purpose: Plain = Field(description="What it is for, in one sentence.")
    findings: tuple[Finding, ...] = Field(description="What is wrong with it.")


FIGURES = {
    "requests-per-second": "requests a second",
    "latency": "latency",
    "memory": "memory",
    "downloads-per-week": "downloads a week",
    "downloads-per-month": "downloads a month",
    "stars": "stars on GitHub",
}
"""What a figure of an article counts, and the words for it."""
WORDS_OF_A_FIGURE = 12
"""How many words of an article may be quoted for a figure."""


class ArticleFigure(Record):
    """A figure that an article gives for an entry."""

    entry: Id
    line: Annotated[int, Field(ge=1, strict=True)]
    counts: Literal[
        "requests-per-second", "latency", "memory", "downloads-per-week", "downloads-per-month", "stars"
    ] = Field(description="What it counts: one of " + ", ".join(FIGURES) + ".")
    quote: Plain = Field(description=f"The figure as it is printed, in at most {WORDS_OF_A_FIGURE} words.")


class Article(Record):
    """An article whose statements are compared with the facts: data/articles/ID.yml."""

    name: Bare
    publisher: Bare | None = None
    link: Link | None = None
    retrieved: Day | None = None
    stars: dict[str, dict[str, Annotated[int, Field(ge=0, le=5, strict=True)]]] = Field(default_factory=dict)
    health: tuple[Remark, ...] = ()
    figures: tuple[ArticleFigure, ...] = ()
