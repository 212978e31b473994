"""What a run found, typed, and how it is written: whole files, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from lab.core.output import write_json

Answer = Literal["pass", "fail", "absent", "opt-in"]
Figures = Mapping[str, Any]
"""Numbers, words and lists of them, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and what came back, as far as it is shown."""

    request: str
    status: str
    """The status line, or why there was none."""
    headers: tuple[str, ...] = ()
    body: str = ""
    """The beginning of the body, in at most 200 characters."""
    milliseconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What a probe saw: exchanges in their order, and figures by name."""

    exchanges: tuple[Exchange, ...] = ()
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of the adapter file that register something or declare it missing."""

    capability: str
    first: int
    last: int
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """The answer of one stack to one probe."""

    question: str
    subject: str
    """What it is about: the name of the probe's module."""
    answer: Answer
    observed: Observed = field(default_factory=Observed)
    by_default: Observed | None = None
    """What was seen without the option, if the answer is opt-in."""
    reason: str | None = None
    """Why it is absent, or how to switch it on."""
    documentation: str | None = None
    lines: tuple[Lines, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package of the stack: what was installed, and the latest release when the lock was written."""

    resolved: str
    latest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StackResult:
    """What a run of one stack found."""

    stack: str
    entry: str
    adapter: str
    variant: str
    decides: bool
    """Whether the records of the entry are checked against this stack."""
    requirements: tuple[str, ...]
    packages: dict[str, Package]
    lock: str | None
    runtime: str
    server: str
    command: str
    moment: str
    seconds: float
    probes: dict[str, ProbeResult]

    def count(self, answer: Answer) -> int:
        """Return how many probes have this answer."""
        return sum(result.answer == answer for result in self.probes.values())


def write(folder: Path, result: StackResult) -> Path:
    """Write the result of a stack into `folder` as <stack>.json and return the path."""
    path = folder / f"{result.stack}.json"
    write_json(path, _plain(asdict(result)))
    return path


def _plain(value: Any) -> Any:
    """Return the data without empty values, and with hyphens in the names of fields."""
    if isinstance(value, dict):
        return {
            key.replace("_", "-"): _plain(item)
            for key, item in value.items()
            if item is False or item not in (None, "", (), {})
        }
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
