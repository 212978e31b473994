"""The form of entries with their facts, and of pairs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict  # pydantic reads no other on Python 3.11

from macros.catalog.citations import Proof
from macros.catalog.evidence import Status as StatusWord
from macros.schema.measured.probes import Answer, Owner
from macros.views.api.models.fields import Count, Day, Figure, File, Path, Share, Stars


class Status(TypedDict):
    """The maintenance status of an entry."""

    word: StatusWord
    reason: str
    advised: Annotated[bool, Field(description="Whether it can be recommended: it goes on, and nothing replaces it.")]


class Release(TypedDict):
    """The newest release that the registry knows."""

    version: str
    released: Day | None


class EntryLine(TypedDict):
    """An entry in the list of all."""

    id: str
    kind: str
    name: str
    summary: str
    language: str
    package: Annotated[str | None, Field(description="Its package URL.")]
    website: str
    repository: str | None
    status: Status
    latest: Annotated[Release | None, Field(description="Null where no registry was read.")]
    answered: Annotated[Count, Field(description="How many criteria have a fact.")]
    asked: Count
    last_checked: Annotated[Day | None, Field(description="The last day on which one of its pages was read.")]
    path: Path
    file: File


class Entries(TypedDict):
    """All entries, by id."""

    entries: list[EntryLine]


class ProbeAnswer(TypedDict):
    """What a running setup answered to the probe of a criterion."""

    probe: str
    setup: str
    answer: Answer
    owner: Annotated[Owner | None, Field(description="Whose the answer is, where it may be the server's.")]
    version: Annotated[str, Field(description="The release of the entry that ran.")]
    server: Annotated[str | None, Field(description="The server; null if it is a part of the framework.")]
    day: Day
    newer: Annotated[str | None, Field(description="The first minor release after the one that ran.")]
    agrees: Annotated[bool, Field(description="Whether the answer shows the value of the fact.")]
    path: Path


class Demonstration(TypedDict):
    """A run that shows a fact."""

    entry: str
    id: str
    version: Annotated[str, Field(description="The release of the entry that ran.")]
    day: Day
    newer: Annotated[str | None, Field(description="The first minor release after the one that ran.")]
    path: Path


class Fact(TypedDict):
    """The value of a criterion for an entry, with its evidence."""

    criterion: str
    value: str
    label: Annotated[str, Field(description="The value as pages print it.")]
    credit: Annotated[Share | None, Field(description="What the value counts for by its scale.")]
    note: str | None
    since: Annotated[str | None, Field(description="The release that brought it.")]
    via: Annotated[list[str], Field(description="The packages and entries that it comes from: package URLs or ids.")]
    inherited_from: Annotated[str | None, Field(description="The entry whose fact it is.")]
    source: Annotated[str, Field(description="The page that proves it.")]
    at: Annotated[str | None, Field(description="The first and last words of the passage.")]
    link: Annotated[str, Field(description="The page, at these words.")]
    archived: Annotated[str, Field(description="The page as the Internet Archive has it of that day.")]
    version: Annotated[str | None, Field(description="The release that the page describes.")]
    of: Annotated[str | None, Field(description="The project whose release that is; null if it is the entry's own.")]
    checked: Annotated[Day, Field(description="The day on which the page was read.")]
    proof: Annotated[Proof, Field(description="What confirms it beside its reader.")]
    words_found: Annotated[Day | None, Field(description="The day on which a program found the words again.")]
    current: Annotated[bool, Field(description="Whether it is confirmed for the newest minor release.")]
    newer: Annotated[str | None, Field(description="The first minor release after the one that the page describes.")]
    probed: list[ProbeAnswer]
    demonstration: Demonstration | None
    path: Path


class Score(TypedDict):
    """A rating of an entry."""

    rating: str
    value: Annotated[Stars | None, Field(description="From 0 to 5, as pages print it; null with the reason.")]
    missing: Annotated[str | None, Field(description="Why there is no value.")]


class Measured(Figure):
    """A figure of an entry."""

    measure: str
    unit: str


class Trait(TypedDict):
    """A strength, a trade-off or a use, with the criteria that are its reason."""

    text: str
    because: list[str]


class Relation(TypedDict):
    """A relation to another entry, or to something that has no entry."""

    type: str
    label: Annotated[str, Field(description="How it reads from this entry.")]
    entry: str | None
    name: str
    note: str | None
    source: str | None
    checked: Day | None


class Series(TypedDict):
    """A series of releases, and until when it is supported."""

    version: str
    name: str | None
    released: Day | None
    bug_fixes_until: Annotated[str | None, Field(description="A day, a month, or the words of the page.")]
    supported_until: Annotated[str, Field(description="A day, a month, or the words of the page.")]
    source: str
    checked: Day


class Entry(EntryLine):
    """An entry with all that is known of it."""

    best_for: list[Trait]
    strengths: list[Trait]
    trade_offs: list[Trait]
    relations: list[Relation]
    used_with: list[str]
    series: list[Series]
    facts: list[Fact]
    not_recorded: Annotated[list[str], Field(description="Criteria that are asked and have no fact.")]
    ratings: list[Score]
    measures: list[Measured]


class PairLine(TypedDict):
    """A pair in the list of all; `one` and `other` stand in the order of their ids."""

    one: str
    other: str
    kind: str
    differ: Annotated[Count, Field(description="In how many criteria they differ.")]
    agree: Annotated[Count, Field(description="In how many criteria they have the same value.")]
    not_recorded: Annotated[Count, Field(description="How many criteria are not recorded for both.")]
    path: Path
    file: File


class Pairs(TypedDict):
    """All pairs, by kind."""

    pairs: list[PairLine]


class Difference(TypedDict):
    """A criterion in which two entries differ."""

    criterion: str
    one: str
    other: str


class Agreement(TypedDict):
    """A criterion in which two entries have the same value."""

    criterion: str
    value: str


class ScoresOfBoth(TypedDict):
    """A rating of both; null where one has none."""

    rating: str
    one: float | None
    other: float | None


class Pair(TypedDict):
    """Two entries side by side; `one` and `other` stand in the order of their ids."""

    one: EntryLine
    other: EntryLine
    kind: str
    differ: list[Difference]
    agree: list[Agreement]
    not_recorded: Annotated[list[str], Field(description="Criteria that are not recorded for both.")]
    ratings: list[ScoresOfBoth]
    path: Path
