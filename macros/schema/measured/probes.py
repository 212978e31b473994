"""What the probes found: data/measured/probes/STACK.json."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from macros.schema.fields import Id, Link, Plain
from macros.schema.measured.base import Moment, Seen, _Loose

Answer = Literal["pass", "fail", "absent", "opt-in"]


class Exchange(_Loose):
    """A request and what came back, as far as it is worth showing."""

    request: Seen
    status: Seen
    headers: tuple[Seen, ...] = ()
    body: Seen = ""
    milliseconds: float | None = None

    @property
    def response(self) -> str:
        """Return what came back as one text: the status, the headers, an empty line, the body."""
        head = "".join(f"{line}\n" for line in (self.status, *self.headers))
        return f"{head}\n{self.body}" if self.body else head


class Observed(_Loose):
    """What a probe saw: exchanges in their order, and figures by name."""

    exchanges: tuple[Exchange, ...] = ()
    figures: dict[str, Any] = Field(default_factory=dict)


class Lines(_Loose):
    """The lines of the adapter that register something, or declare it missing."""

    capability: str
    first: int
    last: int
    code: str = ""


class ProbeResult(_Loose):
    """The answer of one stack to one probe."""

    question: Plain
    subject: str = ""
    answer: Answer
    observed: Observed = Observed()
    by_default: Observed | None = None
    reason: str | None = None
    documentation: Link | None = None
    lines: tuple[Lines, ...] = ()


class StackPackage(_Loose):
    """A package of a stack: what was installed, and the latest release when the lock was written."""

    resolved: str
    latest: str | None = None


class StackRun(_Loose):
    """What a run of the probes found of one stack: data/measured/probes/STACK.json."""

    stack: Id
    entry: Id
    adapter: str
    variant: str = ""
    decides: bool = True
    requirements: tuple[str, ...] = ()
    packages: dict[str, StackPackage]
    runtime: str
    server: str
    command: Plain
    moment: Moment
    probes: dict[str, ProbeResult]
