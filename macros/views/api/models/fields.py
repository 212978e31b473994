"""The kinds of text and number in what /api/v1/ says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Path = Annotated[str, Field(description="The address of its page, from the root of the site.")]
File = Annotated[str, Field(description="The address of its file, from the root of the API.")]
Better = Literal["less", "more"]
Points = Annotated[float, Field(ge=0, le=100)]
Stars = Annotated[float, Field(ge=0, le=5)]
