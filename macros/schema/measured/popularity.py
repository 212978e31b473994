"""Downloads and stars: data/measured/popularity.json."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from macros.schema.base import Record
from macros.schema.fields import Id, Link, Plain
from macros.schema.measured.base import Count, Explained, Moment


class Figure(Record):
    """A count: of what, counted how, on the page that it was read from, for the day that it speaks of."""

    value: Count
    of: Plain = Field(description="The package URL or the repository.")
    counts: Plain = Field(description="What is counted, and how.")
    source: Link
    date: date


class EntryPopularity(Explained):
    """Downloads and stars of one entry."""

    downloads: Figure | None
    stars: Figure | None


class Popularity(Record):
    """data/measured/popularity.json."""

    read: Moment
    command: Plain
    entries: dict[Id, EntryPopularity]
