"""The form of the whole in one file."""

from __future__ import annotations

from typing_extensions import TypedDict  # pydantic reads no other on Python 3.11

from macros.catalog.citations import Proof
from macros.catalog.evidence import Status as StatusWord
from macros.views.api.models.fields import Better, Day, Points, Share, Stars


class DatasetFact(TypedDict):
    """A fact without its notes."""

    value: str
    since: str | None
    via: list[str]
    inherited_from: str | None
    source: str
    version: str | None
    of: str | None
    checked: Day
    proof: Proof
    current: bool


class DatasetEntry(TypedDict):
    """An entry with its facts by criterion, its ratings and its figures."""

    kind: str
    name: str
    language: str
    package: str | None
    status: StatusWord
    latest: str | None
    facts: dict[str, DatasetFact]
    ratings: dict[str, Stars | None]
    measures: dict[str, float]


class DatasetCriterion(TypedDict):
    """A criterion: its name, and what each of its values counts for."""

    name: str
    group: str
    values: dict[str, Share | None]


class DatasetKind(TypedDict):
    """A kind with its criteria by id."""

    name: str
    criteria: dict[str, DatasetCriterion]


class DatasetPlace(TypedDict):
    """The place of an entry in a use case."""

    entry: str
    place: int
    low: Points
    high: Points
    first: Share | None


class DatasetUseCase(TypedDict):
    """A use case: its needs and weights by id, and its ranking."""

    kind: str
    needs: dict[str, list[str]]
    weights: dict[str, float]
    ranking: list[DatasetPlace]


class Unit(TypedDict):
    """The unit of a measure, and which end of it is better."""

    name: str
    unit: str
    better: Better


class Dataset(TypedDict):
    """Everything in one file, without the texts."""

    name: str
    licence: str
    kinds: dict[str, DatasetKind]
    entries: dict[str, DatasetEntry]
    use_cases: dict[str, DatasetUseCase]
    measures: dict[str, Unit]
