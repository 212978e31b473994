"""A criterion, and a fact: its answer for an entry, with the page that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros import schema
from macros.catalog.citations import NO_WORDS, Proof, Words
from macros.catalog.demonstrations import DemonstrationRun
from macros.catalog.evidence import Ageing, ProbeAnswer, shows
from macros.schema.criteria import Value
from macros.schema.pointers import archived, fragment_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question of a kind, with its allowed values; free text where `values` is empty."""

    id: str
    kind: str
    name: str
    question: str
    group: str
    values: Mapping[str, Value]
    asked_of: str | None
    probe: schema.ProbeRule | None = None
    ages_by: Literal["releases", "days"] = "releases"
    """Whether newer releases make its facts old, or days alone."""
    also: tuple[str, ...] = ()
    """Other words that people search for it with."""
    yardstick: str | None = None
    examples: tuple[str, ...] = ()
    shared: bool = False
    """Whether several kinds ask it."""

    @property
    def yardstick_id(self) -> str:
        """Return the anchor of its yardstick on the method page."""
        return f"yardstick-{self.id}" if self.shared else f"yardstick-{self.kind}-{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The value of a criterion for an entry, with the page that proves it and the day it was read."""

    criterion: Criterion
    value: str
    source: str
    checked: date
    version: str | None = None
    of: str | None = None
    """The project whose release that is, by name; None if it is the entry's own."""
    since: str | None = None
    note: str | None = None
    via: tuple[str, ...] = ()
    inherited_from: str | None = None
    probed: tuple[ProbeAnswer, ...] = ()
    """The answers of the entry's own setups to the probe that decides the criterion."""
    aged: Ageing | None = None
    words: Words = NO_WORDS
    """Where its page says it, and what programs found there."""
    demonstration: DemonstrationRun | None = None
    """The run that shows it: a demonstration that it names, or that the fact names which it is inherited from."""
    line: int = 1
    """The line of the record that states it."""
    replies: tuple[schema.Reply, ...] = ()
    """What people from the project say of it."""

    @property
    def link(self) -> str:
        """Return the address of its page, at the words."""
        return fragment_link(self.source, self.words.at, self.words.line)

    @property
    def archived(self) -> str:
        """Return the address of its page as of the day it was read."""
        return archived(self.source, self.checked)

    @property
    def proof(self) -> Proof:
        """Return what confirms it beside its reader, the first that there is."""
        if self.words.still_there:
            return "words"
        if self.is_demonstrated:
            return "demonstration"
        if self.confirmations:
            return "probe"
        return "absence" if self.words.absent else "reader"

    @property
    def agreeing(self) -> tuple[ProbeAnswer, ...]:
        """Return the probed answers that show this value, whatever release ran."""
        rule = self.criterion.probe
        return tuple(p for p in self.probed if rule and shows(rule, self.value, p.answer, p.owner))

    @property
    def confirmations(self) -> tuple[ProbeAnswer, ...]:
        """Return the probed answers that show this value for the newest minor release."""
        return tuple(answer for answer in self.agreeing if answer.newer is None)

    @property
    def is_demonstrated(self) -> bool:
        """Return whether a demonstration shows it for the newest minor release."""
        return self.demonstration is not None and self.demonstration.newer is None

    @property
    def current(self) -> bool:
        """Return whether it is confirmed for the newest minor release, by its page, a probe or a demonstration."""
        return self.aged is None or bool(self.confirmations) or self.is_demonstrated

    @property
    def runs(self) -> tuple[date, ...]:
        """Return the days on which programs confirmed it: a probe, a demonstration, a search for its words."""
        probe = (answer.day for answer in (self.confirmations or self.agreeing)[:1])
        shown = self.demonstration.day if self.demonstration else None
        return tuple(day for day in (*probe, shown, self.words.still_there) if day)

    @property
    def meaning(self) -> Value | None:
        """Return the allowed value that this is, or None for a free text."""
        return self.criterion.values.get(self.value)

    @property
    def text(self) -> str:
        """Return the value as pages write it."""
        return self.meaning.label if self.meaning else self.value

    @property
    def credit(self) -> float | None:
        """Return what the value counts for by its own scale, from 0 to 1, or None where it counts for nothing."""
        return self.meaning.credit if self.meaning else None
