"""What a Books application declares: lab/apps/ID/app.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Link, Note, Plain, as_field, listed, plain

CONCEPTS = (
    "application",
    "route",
    "route group",
    "path parameter",
    "query parameter",
    "request body",
    "validation",
    "response",
    "shared resource",
    "middleware",
    "error handler",
    "template",
    "streaming response",
    "background work",
    "live connection",
    "settings",
    "command",
    "start and stop",
    "test client",
)
"""What frameworks have names for, in the order in which pages list it."""


PROCESSES = ("web", "release", "import", "hello", "test")
"""The processes that every Procfile has."""


class Limit(Record):
    """A bound that the contract sets."""

    most: int = Field(ge=1, description="The bound.")
    unit: Plain = Field(description="What it is counted in.")
    of: Plain = Field(description="What it bounds.")

    def __str__(self) -> str:
        return f"{self.most:,} {self.unit}"


class Setting(Record):
    """A variable of the environment that every application reads."""

    means: Plain = Field(description="What it is.")
    default: Plain | None = Field(None, description="What holds if it is left out; without one, it is required.")


class Contract(Record):
    """lab/books/items.yml: the items of the contract, its settings and limits, and what a second database changes."""

    settings: dict[str, Setting] = Field(default_factory=dict, description="Variables, by their name.")
    postgresql: dict[str, Plain] = Field(
        default_factory=dict, description="What is otherwise on PostgreSQL than on SQLite, by a word for it."
    )
    limits: dict[str, Limit] = Field(default_factory=dict, description="Bounds, by their id.")
    items: dict[str, Plain] = Field(description="What each item asks, by its id. {id} prints a limit.")


class Absence(Record):
    """An item of the contract that the framework cannot meet."""

    reason: Note = Field(description="Why, in one sentence.")
    source: Link = Field(description="The page that shows it.")


class Concept(Record):
    """What a framework calls something, spelled as in the application's code; or why it has nothing of the kind."""

    name: Annotated[str, Field(max_length=80), AfterValidator(plain)] | None = None
    none: Note | None = Field(None, description="Why it has no name of its own.")


class OnPostgresql(Record):
    """What an application reaches PostgreSQL with, and what it does otherwise there; or why it cannot."""

    driver: Annotated[str, Field(max_length=80), AfterValidator(plain)] | None = Field(
        None, description="The driver, and what stands between it and the application."
    )
    differs: Note | None = Field(None, description="What its code does otherwise there.")
    none: Note | None = Field(None, description="Why its tools do not allow it.")
    source: Link | None = Field(None, description="The page that shows why not.")


class Declared(Record):
    """lab/apps/ID/app.yml."""

    uses: Annotated[str, Field(max_length=160), AfterValidator(plain)] = Field(
        description="What it is written with, in one line."
    )
    python: Plain | None = Field(None, description="The lowest series of CPython that it runs on, in quotes.")
    python_at_most: Plain | None = Field(None, description="The highest one, where it runs on no newer.")
    node: Plain | None = Field(None, description="The lowest release of Node.js, for applications of Node.js.")
    live: Literal["websocket", "server-sent events", "none"] = Field(description="How live updates are sent.")
    generated: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="Files and folders that a tool wrote; they are not counted."
    )
    postgresql: Annotated[OnPostgresql, BeforeValidator(as_field("driver"))] | None = Field(
        None, description="How it keeps its books in PostgreSQL, or why it cannot."
    )
    absent: dict[str, Absence] = Field(default_factory=dict, description="Items of the contract that it cannot meet.")
    concepts: dict[str, Annotated[Concept, BeforeValidator(as_field("name"))]] = Field(
        description="What the framework calls each concept."
    )
