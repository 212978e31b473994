"""What the probes found: data/measured/probes/SETUP.json."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from macros.schema.fields import Id, Link, Plain
from macros.schema.measured.base import Count, Digest, EntryResult, MeasuredRecord, Packages, Seen, visible

Answer = Literal["pass", "fail", "absent", "opt-in", "not-present"]
"""What a setup answers: not-present if the setup lacks what the question needs, so that it was not asked."""

Owner = Literal["server", "framework", "neither"]
"""Whose an answer is: the server's, which alone answers the same; the framework's; or that neither does it."""


def _shown(value: Any) -> Any:
    """Return the value if it can be shown: a number, a text, true or false, or a list of them."""
    if isinstance(value, list | tuple):
        return tuple(map(_shown, value))
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, bool | int | float):
        return value
    raise ValueError("is not a number, a text or a list of them.")


Shown = Annotated[Any, AfterValidator(_shown)]


class Exchange(MeasuredRecord):
    """A request and what came back, as far as it is shown."""

    request: Seen
    status: Seen = Field(description="The status line, or why there was none.")
    headers: tuple[Seen, ...] = ()
    body: Seen = Field(default="", description="The beginning of the body.")

    @property
    def response(self) -> str:
        """Return what came back as one text: the status, the headers, an empty line, the body."""
        head = "".join(f"{line}\n" for line in (self.status, *self.headers))
        return f"{head}\n{self.body}" if self.body else head


class Observed(MeasuredRecord):
    """What a probe saw: exchanges in their order, and figures by name."""

    exchanges: tuple[Exchange, ...] = ()
    figures: dict[str, Shown] = Field(default={})


class Alone(MeasuredRecord):
    """What the server of a setup answers with an application that uses no framework."""

    answer: Literal["pass", "fail"]
    figures: dict[str, Shown] = Field(default={})


class Lines(MeasuredRecord):
    """The lines of the adapter that register something or declare it missing."""

    first: Count
    last: Count
    code: str


class ProbeResult(MeasuredRecord):
    """The answer of one setup to one probe."""

    question: Plain
    subject: Plain = Field(description="What it is about: the name of the probe's module.")
    answer: Answer
    observed: Observed = Observed()
    by_default: Observed | None = Field(default=None, description="What was seen without the option; given if opt-in.")
    reason: Plain | None = Field(default=None, description="Why it is absent or not present, or how to switch it on.")
    documentation: Link | None = None
    lines: tuple[Lines, ...] = ()
    thresholds: dict[str, Shown] = Field(default={}, description="The limits that the question is decided by.")
    owner: Owner | None = Field(default=None, description="Whose the answer is, where it may be the server's.")
    alone: Alone | None = Field(default=None, description="What the server answers without the framework.")


class Release(MeasuredRecord):
    """A program in one release."""

    name: Plain
    version: Plain

    def __str__(self) -> str:
        """Return it as pages write it."""
        return f"{self.name} {self.version}"


class ServerUsed(Release):
    """The server of a setup."""

    command: Plain = Field(description="The command that starts it.")
    own: bool = Field(default=False, description="Whether it is a part of the framework.")


class SetupRun(EntryResult):
    """What a run of the probes found of one setup."""

    setup: Id
    adapter: Plain = Field(description="The file that was run.")
    decides: bool = Field(description="Whether the records of the entry are checked against this setup.")
    requirements: tuple[Plain, ...] = Field(description="What was asked to be installed.")
    packages: Packages
    lock: Digest | None = Field(default=None, description="The SHA-256 of the lock that was installed.")
    runtime: Plain
    framework: Release = Field(description="The package of the entry.")
    server: ServerUsed
    probes: dict[str, ProbeResult]

    def __str__(self) -> str:
        """Return the framework and its server with their releases."""
        return str(self.framework) if self.server.own else f"{self.framework} with {self.server}"

    def count(self, answer: Answer) -> int:
        """Return how many probes have this answer."""
        return sum(result.answer == answer for result in self.probes.values())
