"""What the search finds beside entries, criteria and pages: data/search.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from macros.schema.base import Record
from macros.schema.fields import Bare, Note, Plain, listed, plain

ADDRESS = r"^[a-z0-9/-]*(\?[a-z0-9=,&-]+)?(#[a-z0-9-]+)?$"

Figure = Literal[
    "memory", "start", "size", "dependencies", "lines", "names", "releases", "types", "downloads", "stars", "cost"
]


class Place(Record):
    """A place of the site that answers a question, with the words that people search for it with."""

    name: Bare = Field(description="The title of the result.")
    address: Annotated[str, Field(pattern=ADDRESS), AfterValidator(plain)] = Field(
        description="Where it leads, from the root of the site."
    )
    also: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="Other words that people search for it with."
    )
    text: Note | None = Field(None, description="The answer; that of a figure is computed.")
    figure: (
        Literal[
            "memory",
            "start",
            "size",
            "dependencies",
            "lines",
            "names",
            "releases",
            "types",
            "downloads",
            "stars",
            "cost",
        ]
        | None
    ) = Field(None, description="The figure whose best entries are the answer.")


class Places(Record):
    """data/search.yml."""

    places: tuple[Place, ...] = Field(min_length=1)
