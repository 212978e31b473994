"""What records may say of something that has no entry here."""

from __future__ import annotations

from pydantic import Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Link, Package


class Outside(Record):
    """Something that has no entry here."""

    name: Bare = Field(description="What it is called.")
    link: Link | None = Field(None, description="Its page.")
    package: Package | None = Field(None, description="Its package URL.")
