"""What the record of an entry may say of official pages from which one learns it: `resources` in data/KIND/ID.yml."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.schema.base import Record
from macros.schema.fields import Day, Link, Plain

RESOURCES = {
    "tutorial": "Tutorial",
    "reference": "Reference",
    "style": "Style guide",
    "book": "Book",
    "course": "Course",
    "community": "Community",
    "security": "Security policy",
}
"""What an official page may be, in the order in which they are shown, and the words for it."""


class Resource(Record):
    """An official page: one that the project itself publishes, or names as its own."""

    type: Literal["tutorial", "reference", "style", "book", "course", "community", "security"] = Field(
        description="What it is: one of " + ", ".join(RESOURCES) + "."
    )
    name: Plain | None = Field(None, description="What it is called, if the kind alone does not say it.")
    link: Link = Field(description="Its address.")
    checked: Day = Field(description="The day on which it, or the page of the project that names it, was read.")
