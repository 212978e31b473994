"""What smoke tests, footprints and the type checker found of each entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.schema.fields import Id, Plain
from macros.schema.measured.base import Count, Moment, _Loose


class Outcome(_Loose):
    """How a smoke test ended on one Python."""

    version: str
    outcome: str
    error: str = ""


class Smoke(_Loose):
    """data/measured/smoke/ENTRY.json: on which Pythons the entry does what it is for."""

    entry: Id
    latest: str | None = None
    newest_python: str | None = Field(alias="newest_python")
    outcomes: tuple[Outcome, ...]
    command: Plain
    measured: Moment


class Median(_Loose):
    """Repeated measurements: all of them, and the one in the middle."""

    median: float
    unit: Plain
    values: tuple[float, ...]


class Footprint(_Loose):
    """data/measured/footprint/ENTRY.json: the smallest useful server, started and left alone."""

    entry: Id
    first_response: Median = Field(alias="first_response")
    idle_pss: Median = Field(alias="idle_pss")
    server: str
    command: Plain
    measured: Moment


class TypeCoverage(_Loose):
    """data/measured/typing/ENTRY.json: how much of the public interface has known types."""

    entry: Id
    share: Annotated[float, Field(ge=0, le=1)] | None
    known: Count | None = None
    ambiguous: Count | None = None
    unknown: Count | None = None
    py_typed: bool = Field(alias="py_typed")
    marker_added: bool = Field(False, alias="marker_added")
    tool: Plain
    tool_version: Plain = Field(alias="tool_version")
    version: Plain
    command: Plain
    measured: Moment
