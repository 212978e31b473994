"""What the pages about the contract of the Books application, and about one application, need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from macros.code.files import Source
from macros.schema.applications import Contract
from macros.schema.measured.base import day_of
from macros.views.code import OUTCOMES, ApplicationRun, files


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What the suite found of an item in one application, with the reason if it did not pass."""

    id: str
    outcome: str
    reason: str

    @property
    def name(self) -> str:
        """Return what the item is called."""
        return in_words(self.id)

    @property
    def symbol(self) -> str:
        """Return the sign of the outcome."""
        return OUTCOMES[self.outcome][0]

    @property
    def tone(self) -> str:
        """Return the colour of the outcome by meaning."""
        return OUTCOMES[self.outcome][1]

    @property
    def word(self) -> str:
        """Return the word of the outcome."""
        return OUTCOMES[self.outcome][2]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractItem:
    """An item of the contract: what it asks, and what the suite found of each application."""

    id: str
    asks: str
    results: tuple[tuple[ApplicationRun, ItemResult], ...]

    @property
    def name(self) -> str:
        """Return what the item is called."""
        return in_words(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractView:
    """The contract, and who meets it; `first` are the applications that a phone shows first."""

    sides: tuple[ApplicationRun, ...]
    items: tuple[ContractItem, ...]
    first: tuple[str, ...]
    contract: Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """The page of one application."""

    side: ApplicationRun
    results: tuple[ItemResult, ...]
    files: tuple[Source, ...]

    @property
    def day(self) -> date:
        """Return the day of the run."""
        return day_of(self.side.run.moment)

    @property
    def packages(self) -> str:
        """Return the packages that it was run with, with their releases."""
        return ", ".join(f"{name} {version}" for name, version in self.side.run.packages.items())


def in_words(item: str) -> str:
    """Return the id of an item as words."""
    return item.replace("-", " ")


def contract_view(contract: Contract, found: Mapping[str, ApplicationRun], first: tuple[str, ...]) -> ContractView:
    """Return what the page of the contract shows."""
    sides = tuple(found.values())
    return ContractView(
        sides=sides,
        items=tuple(
            ContractItem(id=item, asks=asks, results=tuple((side, _result(side, item)) for side in sides))
            for item, asks in contract.items.items()
        ),
        first=first,
        contract=contract,
    )


def application_view(items: Mapping[str, str], side: ApplicationRun) -> ApplicationView:
    """Return what the page of an application shows."""
    results = tuple(_result(side, item) for item in items if item in side.run.items)
    return ApplicationView(side=side, results=results, files=files(side))


def _result(side: ApplicationRun, item: str) -> ItemResult:
    ended = side.run.items[item]
    absence = side.code.application.record.absent.get(item)
    return ItemResult(id=item, outcome=ended.outcome, reason=ended.reason or (absence.reason if absence else ""))
