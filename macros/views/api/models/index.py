"""The form of the index, and of kinds and criteria."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict  # pydantic reads no other on Python 3.11

from macros.views.api.models.fields import Count, Day, Share


class Licence(TypedDict):
    """The licence of the data."""

    id: Annotated[str, Field(description="Its SPDX identifier.")]
    name: str
    url: str


class Counts(TypedDict):
    """How much there is."""

    kinds: Count
    criteria: Count
    entries: Count
    facts: Count
    pairs: Count
    use_cases: Count


class Resource(TypedDict):
    """An address of the API, or a pattern of addresses."""

    file: Annotated[str, Field(description="From the root of the API; what varies stands in braces.")]
    title: str
    media_type: str
    schema: Annotated[str | None, Field(description="Its JSON Schema, from the root of the API; null if not JSON.")]


class Index(TypedDict):
    """What there is, in which version, under which licence."""

    name: str
    description: str
    api: Annotated[str, Field(description="The version of the form of these files.")]
    day: Annotated[Day, Field(description="The day on which the files were made; statuses hold for it.")]
    digest: Annotated[str, Field(description="The version of the data: the SHA-256 of dataset.json.")]
    site: Annotated[str | None, Field(description="The address of the site; null where it has none yet.")]
    licence: Licence
    citation: Annotated[str, Field(description="How to cite the data.")]
    counts: Counts
    resources: list[Resource]
    tables: Annotated[list[str], Field(description="The CSV files, from the root of the API.")]


class Group(TypedDict):
    """Criteria that belong together."""

    id: str
    name: str
    criteria: list[str]


class Kind(TypedDict):
    """What sort of entry it is."""

    id: str
    name: str
    singular: str
    summary: str
    path: Annotated[str | None, Field(description="The address of its page; null where it has no entry yet.")]
    groups: list[Group]
    entries: Annotated[list[str], Field(description="The ids of its entries, by name.")]


class Kinds(TypedDict):
    """All kinds, in the order of the site."""

    kinds: list[Kind]


class Value(TypedDict):
    """An allowed value of a criterion."""

    value: Annotated[str, Field(description="As facts state it.")]
    label: Annotated[str, Field(description="As pages print it.")]
    meaning: str
    symbol: str
    tone: str
    credit: Annotated[Share | None, Field(description="What it counts for; null where it counts neither way.")]


class Criterion(TypedDict):
    """A question that is asked of the entries of a kind."""

    id: str
    kind: str
    name: str
    question: str
    group: str
    path: Annotated[str | None, Field(description="The address of its page; null where its kind has no entry yet.")]
    scale: Annotated[str | None, Field(description="The scale that it shares with others; null if it has its own.")]
    values: Annotated[list[Value], Field(description="The allowed values; empty where it takes a free text.")]
    yardstick: Annotated[str | None, Field(description="How to decide between values that could be confused.")]
    examples: list[str]
    asked_of: Annotated[str | None, Field(description="The language whose entries are asked; null for all.")]
    probe: Annotated[str | None, Field(description="The probe that decides it.")]
    ages_by: Annotated[str, Field(description="What makes its facts old: releases, or days alone.")]


class Criteria(TypedDict):
    """All criteria, by kind, in the order of the site."""

    criteria: dict[str, list[Criterion]]
