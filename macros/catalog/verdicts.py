"""Whether the ranking of a use case agrees with articles and with witnesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from macros.catalog.facts import Fact
from macros.catalog.model import Catalog, Entry
from macros.catalog.scoring import RankedEntry
from macros.schema.guide import Said, Statement, UseCase, Witness
from macros.schema.pointers import fragment_link

VERDICTS = ("agree", "agree in part", "disagree", "no verdict", "true", "false")
"""The words of verdicts: four on recommendations, two on descriptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an article says, and where our ranking puts each entry that it names; a description has facts instead."""

    said: Said
    agreed: tuple[RankedEntry, ...] = ()
    behind: tuple[RankedEntry, ...] = ()
    outside: tuple[Entry, ...] = ()
    """Entries that are excluded, or stand below the ranking."""
    elsewhere: tuple[Entry, ...] = ()
    facts: tuple[tuple[Entry, Fact | None, bool], ...] = ()
    """Of what is described: each entry, its fact, and whether the fact is what the article says."""

    @property
    def tone(self) -> str:
        """Return the word without spaces, as style sheets use it."""
        return self.word.replace(" ", "-")

    @property
    def word(self) -> str:
        """Return what the placing of the entries named amounts to, or whether the description is true."""
        if self.said.describes:
            known = [fits for _, fact, fits in self.facts if fact]
            return "no verdict" if not known else "true" if all(known) else "false"
        against = len(self.behind) + len(self.outside)
        if not self.agreed and not against:
            return "no verdict"
        if not against:
            return "agree"
        return "agree in part" if self.agreed else "disagree"


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessVerdict:
    """A statement of a witness on a use case; `agrees` is None where it names no entry of the kind."""

    id: str
    witness: Witness
    statement: Statement
    recommends: tuple[Entry, ...]
    against: tuple[Entry, ...]
    agrees: bool | None

    @property
    def link(self) -> str:
        """Return the address of its page, at the words."""
        return fragment_link(self.witness.url, self.statement.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where the entries of a use case stand: those in the first band, the others, and those without a place."""

    kind: str
    placed: Mapping[str, RankedEntry]
    outside: frozenset[str]

    def is_first(self, entry: str) -> bool:
        """Return whether an entry is in the first band."""
        return entry in self.placed and self.placed[entry].place == 1


def placing(kind: str, placed: Sequence[RankedEntry], outside: Sequence[Entry]) -> Placing:
    """Return where entries stand; what is grouped under another one stands where that one does."""
    by_id = {item.entry.id: item for home in placed for item in (home, *home.grouped)}
    return Placing(kind=kind, placed=by_id, outside=frozenset(entry.id for entry in outside))


def verdict(catalog: Catalog, case: UseCase, said: Said, stands: Placing) -> Verdict:
    """Return whether we agree with an article: whether what it recommends is in the first band.

    A description is compared with the facts that it is about.
    """
    if said.describes:
        return Verdict(said=said, facts=tuple(_described(catalog.entries[name], said) for name in said.of))
    named = [catalog.entries[name] for name in said.recommends]
    ranked = [stands.placed[entry.id] for entry in named if entry.id in stands.placed]
    return Verdict(
        said=said,
        agreed=tuple(item for item in ranked if item.place == 1),
        behind=tuple(item for item in ranked if item.place != 1),
        outside=tuple(entry for entry in named if entry.id in stands.outside) if stands.placed else (),
        elsewhere=tuple(entry for entry in named if entry.kind != case.kind),
    )


def _described(entry: Entry, said: Said) -> tuple[Entry, Fact | None, bool]:
    assert said.describes
    fact = entry.facts.get(said.describes.criterion)
    return entry, fact, fact is not None and fact.value in said.describes.values


def witnesses(catalog: Catalog, case_id: str, stands: Placing) -> tuple[WitnessVerdict, ...]:
    """Return what witnesses say of a use case, in the order of their files."""
    return tuple(
        _witness(catalog, name, witness, statement, stands)
        for name, witness in catalog.witnesses.items()
        for statement in witness.statements
        if case_id in statement.cases
    )


def _witness(catalog: Catalog, name: str, witness: Witness, statement: Statement, stands: Placing) -> WitnessVerdict:
    """A witness agrees if one of the entries that it recommends is in the first band, and none that it advises against.

    Entries of another kind do not count.
    """
    recommends = tuple(catalog.entries[one] for one in statement.recommends)
    against = tuple(catalog.entries[one] for one in statement.against)
    ours = [entry for entry in recommends if entry.kind == stands.kind]
    theirs = [entry for entry in against if entry.kind == stands.kind]
    agrees = (not ours or any(stands.is_first(entry.id) for entry in ours)) and not any(
        stands.is_first(entry.id) for entry in theirs
    )
    counts = bool(stands.placed) and bool(ours or theirs)
    return WitnessVerdict(
        id=name,
        witness=witness,
        statement=statement,
        recommends=recommends,
        against=against,
        agrees=agrees if counts else None,
    )
