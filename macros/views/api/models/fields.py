"""The kinds of text and number in what /api/v1/ says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Path = Annotated[str, Field(description="The address of its page, from the root of the site.")]
File = Annotated[str, Field(description="The address of its file, from the root of the API.")]
Better = Literal["less", "more"]
Points = Annotated[float, Field(ge=0, le=100)]
Stars = Annotated[float, Field(ge=0, le=5)]


class Figure(TypedDict):
    """What was measured of an entry, and when."""

    value: float
    text: Annotated[str, Field(description="The figure as pages print it.")]
    of: Annotated[str | None, Field(description="What was measured: the release, and what it ran on.")]
    day: Day
    command: Annotated[str | None, Field(description="The command that repeats it.")]
    source: Annotated[str | None, Field(description="The page that it was read from.")]
    machine: str | None
