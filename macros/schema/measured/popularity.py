"""Downloads and stars: data/measured/popularity.json."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from macros.schema.fields import Id, Link, Plain
from macros.schema.measured.base import Count, Explained, MeasuredRecord, Result


class Figure(MeasuredRecord):
    """A count, the page that it was read from, and the day of that page."""

    value: Count
    of: Plain = Field(description="The package URL or the repository.")
    counts: Plain = Field(description="What is counted, and how.")
    source: Link
    day: date


class EntryPopularity(Explained):
    """Downloads and stars of one entry."""

    downloads: Figure | None
    stars: Figure | None


class Popularity(Result):
    """Downloads and stars of every entry that has a package or a repository."""

    entries: dict[Id, EntryPopularity]
