"""What confirms the facts of every entry: words found again, runs, counted words, or a reader alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.catalog.citations import Proof
from macros.catalog.facts import Fact
from macros.catalog.model import Entry

PROOFS: Mapping[Proof, str] = {
    "words": "words found",
    "demonstration": "demonstration",
    "probe": "probe",
    "absence": "counted absence",
    "reader": "reader alone",
}
"""What may confirm a fact, in the words of the table; a fact counts where it comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRow:
    """How many facts each sort of proof confirms, in the order of PROOFS; `entry` is None for all together."""

    entry: Entry | None
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return the number of facts."""
        return sum(self.counts)

    @property
    def by_machine(self) -> float:
        """Return the share of facts that a machine confirms, from 0 to 1."""
        return 1 - self.counts[-1] / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofTable:
    """The shares of all entries that state facts, by name, and of all together."""

    rows: tuple[ProofRow, ...]
    all: ProofRow

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the headings of the counts."""
        return tuple(PROOFS.values())


def proof_table(entries: Iterable[Entry]) -> ProofTable:
    """Return what confirms the facts that the entries state themselves; inherited ones count where they are stated."""
    stated = {
        entry.id: (entry, [fact for fact in entry.facts.values() if not fact.inherited_from])
        for entry in sorted(entries, key=lambda one: one.name.lower())
    }
    rows = tuple(ProofRow(entry=entry, counts=_counts(facts)) for entry, facts in stated.values() if facts)
    every = [fact for _, facts in stated.values() for fact in facts]
    return ProofTable(rows=rows, all=ProofRow(entry=None, counts=_counts(every)))


def _counts(facts: Iterable[Fact]) -> tuple[int, ...]:
    counted = Counter(fact.proof for fact in facts)
    return tuple(counted[proof] for proof in PROOFS)
