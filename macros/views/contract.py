"""What the pages about the contract of the Books application, and about one application, need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from macros.code.files import Source
from macros.schema.applications import Contract
from macros.schema.measured.base import day_of
from macros.schema.measured.mutations import MutationsRun, PlantedBug
from macros.views.code import OUTCOMES, ApplicationRun, files
from macros.views.text import plural


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
class PlantedBugs:
    """The bugs that were planted in one application, and which of them the suite caught."""

    side: ApplicationRun
    run: MutationsRun

    @property
    def day(self) -> date:
        """Return the day of the run."""
        return day_of(self.run.moment)

    @property
    def bugs(self) -> tuple[tuple[PlantedBug, str], ...]:
        """Return each bug with the name of the item whose tests were run against it."""
        return tuple((bug, in_words(bug.item)) for bug in self.run.bugs.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractView:
    """The contract, and who meets it; `first` are the applications that a phone shows first."""

    sides: tuple[ApplicationRun, ...]
    items: tuple[ContractItem, ...]
    first: tuple[str, ...]
    contract: Contract
    planted: tuple[PlantedBugs, ...]

    @property
    def bugs(self) -> int:
        """Return how many bugs were planted."""
        return sum(len(one.run.bugs) for one in self.planted)

    @property
    def caught(self) -> int:
        """Return how many of them the suite caught."""
        return sum(one.run.caught for one in self.planted)

    @property
    def exceptions(self) -> tuple[tuple[ContractItem, tuple[tuple[ApplicationRun, ItemResult], ...]], ...]:
        """Return the items that an application does not pass, each with those applications and their results."""
        found = (
            (item, tuple((side, result) for side, result in item.results if result.outcome != "passed"))
            for item in self.items
        )
        return tuple((item, results) for item, results in found if results)

    @property
    def sentence(self) -> str:
        """Return in a sentence how many results pass, and how many do not."""
        every = [result.outcome for item in self.items for _, result in item.results]
        passed, failed = every.count("passed"), every.count("failed")
        absent = len(every) - passed - failed
        return f"{passed} of {plural(every, 'result')} pass, {absent} are not possible, {failed} fail."


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


def contract_view(
    contract: Contract,
    found: Mapping[str, ApplicationRun],
    first: tuple[str, ...],
    planted: Mapping[str, MutationsRun],
) -> ContractView:
    """Return what the page of the contract shows; `planted` says what became of planted bugs."""
    sides = tuple(found.values())
    return ContractView(
        sides=sides,
        items=tuple(
            ContractItem(id=item, asks=asks, results=tuple((side, _result(side, item)) for side in sides))
            for item, asks in contract.items.items()
        ),
        first=first,
        contract=contract,
        planted=tuple(PlantedBugs(side=side, run=planted[name]) for name, side in found.items() if name in planted),
    )


def application_view(items: Mapping[str, str], side: ApplicationRun) -> ApplicationView:
    """Return what the page of an application shows."""
    results = tuple(_result(side, item) for item in items if item in side.run.items)
    return ApplicationView(side=side, results=results, files=files(side))


def _result(side: ApplicationRun, item: str) -> ItemResult:
    ended = side.run.items[item]
    absence = side.code.application.record.absent.get(item)
    return ItemResult(id=item, outcome=ended.outcome, reason=ended.reason or (absence.reason if absence else ""))
