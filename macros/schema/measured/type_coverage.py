"""How much of a package's public API a type checker knows the types of: data/measured/type-coverage/ENTRY.json."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.schema.fields import Plain
from macros.schema.measured.base import Count, MeasuredRecord, PackageResult, Python


class TypeCounts(MeasuredRecord):
    """Public names by what is known of their types, and the share of those with known types."""

    known: Count
    ambiguous: Count
    unknown: Count
    share: Annotated[float, Field(ge=0, le=1)]

    @property
    def total(self) -> int:
        """Return how many names were checked."""
        return self.known + self.ambiguous + self.unknown


class Tool(MeasuredRecord):
    """The type checker."""

    name: Plain
    version: Plain


class TypeCoverage(PackageResult, TypeCounts):
    """What the type checker reports about a package, without the package's own tests."""

    module: Plain = Field(description="The name that the package is imported by.")
    python: Python = Field(description="The series of Python whose rules were applied.")
    tool: Tool
    marker_added: bool = Field(description="Whether py.typed is missing and was added for the check.")
    parameters: Count = Field(description="Parameters of public functions and methods, `self` and `cls` left out.")
    annotated: Count = Field(description="How many of them are annotated, in the source or in its own stub files.")
    without: tuple[Plain, ...] = Field(default=(), description="Modules of tests, which do not count.")
    as_reported: TypeCounts | None = Field(default=None, description="What the tool reports with these modules.")

    @property
    def annotated_share(self) -> float:
        """Return the share of the parameters that are annotated, from 0 to 1."""
        return self.annotated / self.parameters if self.parameters else 1.0
