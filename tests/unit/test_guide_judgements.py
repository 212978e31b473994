"""Judgements of tests/guide.yml: what any expert would hold of a use case, against the ranking of the real data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import yaml
from pydantic import Field, TypeAdapter, model_validator

from macros.catalog.rankings import Ranking, rank
from macros.schema.base import Record
from macros.schema.fields import Id, Note

FILE = Path(__file__).parents[1] / "guide.yml"
LAST = 1_000
"""The place of what has none."""


class Judgement(Record):
    """What must hold of an entry in a use case, or in every one of its kind, and why."""

    case: Id | Literal["*"]
    entry: Id
    is_: Annotated[
        Literal["first-band", "not-first-band", "nowhere", "fits-but", "excluded"] | None, Field(alias="is")
    ] = None
    above: Id | None = None
    because: Note

    @model_validator(mode="after")
    def _says_one_thing(self) -> Judgement:
        assert (self.is_ is None) != (self.above is None), f"{self.entry} in {self.case}: give either is or above"
        assert self.case != "*" or self.is_ in ("nowhere", "not-first-band"), f"{self.entry}: * takes no {self.is_}"
        return self

    def __str__(self) -> str:
        return f"{self.case}-{self.entry}-{self.is_ or f'above-{self.above}'}"


def read(text: str) -> list[Judgement]:
    return TypeAdapter(list[Judgement]).validate_python(yaml.safe_load(text))


JUDGEMENTS = read(FILE.read_text(encoding="utf-8")) if FILE.is_file() else []


def places(ranking: Ranking) -> dict[str, int]:
    return {item.entry.id: item.place for home in ranking.placed for item in (home, *home.grouped)}


def holds(judgement: Judgement, ranking: Ranking) -> bool:
    place, below = places(ranking), {item.entry.id for item in ranking.doubtful}
    own = place.get(judgement.entry, LAST)
    if judgement.above:
        return own < place.get(judgement.above, LAST)
    return {
        "first-band": own == 1,
        "not-first-band": own != 1,
        "nowhere": own == LAST and judgement.entry not in below,
        "fits-but": judgement.entry in below,
        "excluded": judgement.entry in {item.entry.id for item in ranking.excluded},
    }[judgement.is_ or ""]


def shown(ranking: Ranking) -> str:
    """Return the ranking as text, a line for each entry."""
    lines = [
        f"{item.place:4} {item.entry.id:24} {item.points:>8} first {item.first or 0:.0%}"
        + "".join(f", under it {other.entry.id} {other.points}" for other in item.grouped)
        for item in ranking.placed
    ]
    lines += [
        f" but {item.entry.id:24} {item.scored.points:>8} {'; '.join(doubt.text for doubt in item.doubts)}"
        for item in ranking.doubtful
    ]
    lines += [f" out {', '.join(item.entry.id for item in ranking.excluded)}"] if ranking.excluded else []
    return "\n".join([ranking.id, *lines])


@pytest.fixture(scope="module")
def ranked(real) -> Callable[[str], Ranking]:
    return cache(lambda name: rank(real, name))


def about(judgement: Judgement, catalog: Any) -> list[str]:
    """Return the use cases that a judgement is about."""
    kind = catalog.entries[judgement.entry].kind
    return (
        [name for name, case in catalog.use_cases.items() if case.kind == kind]
        if judgement.case == "*"
        else [judgement.case]
    )


def problem(judgement: Judgement, catalog: Any, ranked: Callable[[str], Ranking]) -> str:
    """Return what is wrong, with the ranking; empty if the judgement holds."""
    named = [judgement.entry, *([judgement.above] if judgement.above else [])]
    if unknown := [name for name in named if name not in catalog.entries]:
        return f"{', '.join(unknown)} is no entry"
    for name in about(judgement, catalog):
        if name not in catalog.use_cases:
            return f"{name} is no use case of data/guide/"
        if catalog.use_cases[name].kind != catalog.entries[judgement.entry].kind:
            return f"{name} ranks another kind than that of {judgement.entry}"
        if not holds(judgement, ranked(name)):
            wanted = judgement.is_ or f"above {judgement.above}"
            return f"{judgement.entry} should be {wanted}: {judgement.because}\n{shown(ranked(name))}"
    return ""


def silent(catalog: Any, ranked: Callable[[str], Ranking]) -> list[str]:
    """Return a line for each use case whose first band few of its witnesses name, and that does not say why."""
    found = []
    for name, case in catalog.use_cases.items():
        told = [one.agrees for one in ranked(name).witnesses if one.agrees is not None]
        if sum(told) * 2 < len(told) and not case.holds_against:
            found.append(f"data/guide/{name}.yml: {sum(told)} of {len(told)} witnesses name one of the first entries")
    return found


def test_where_most_witnesses_name_others_the_use_case_says_why(real, ranked):
    if found := silent(real, ranked):
        pytest.fail("\n".join([*found, "Mend the weights, or say why in holds-against."]), pytrace=False)


def test_a_use_case_that_does_not_say_why_is_found(real, ranked):
    name = next(name for name, case in real.use_cases.items() if case.holds_against)
    mute = real.use_cases[name].model_copy(update={"holds_against": None})
    found = silent(replace(real, use_cases={name: mute}), ranked)
    assert len(found) == 1 and name in found[0]


@pytest.mark.parametrize("judgement", JUDGEMENTS, ids=str)
def test_a_judgement_holds(judgement, real, ranked):
    if found := problem(judgement, real, ranked):
        pytest.fail(found, pytrace=False)


def test_there_are_judgements():
    assert JUDGEMENTS, f"{FILE.name} is missing or empty"


def test_each_judgement_stands_once():
    named = [(one.case, one.entry, one.is_, one.above) for one in JUDGEMENTS]
    assert sorted(map(str, named)) == sorted(set(map(str, named)))


@pytest.mark.parametrize(
    ("case", "entry", "said"),
    [
        ("async-api", "alpha", {"first-band"}),
        ("async-api", "gamma", {"first-band"}),
        ("async-api", "beta", {"not-first-band"}),
        ("async-api", "delta", {"not-first-band", "nowhere", "excluded"}),
        ("back-office", "alpha-rest", {"first-band"}),
        ("rated", "alpha-rest", {"not-first-band", "fits-but"}),
    ],
)
def test_a_judgement_that_is_wrong_does_not_hold(catalog, case, entry, said):
    ranking = rank(catalog, case)
    words = ("first-band", "not-first-band", "nowhere", "fits-but", "excluded")
    found = {
        word
        for word in words
        if holds(Judgement.model_validate({"case": case, "entry": entry, "is": word, "because": "It is."}), ranking)
    }
    assert found == said


@pytest.mark.parametrize(("one", "other", "above"), [
    ("alpha", "beta", True), ("beta", "alpha", False), ("alpha", "gamma", False), ("beta", "delta", True),
    ("delta", "beta", False),
])  # fmt: skip
def test_above_is_a_better_rank(catalog, one, other, above):
    judgement = Judgement(case="async-api", entry=one, above=other, because="It is.")
    assert holds(judgement, rank(catalog, "async-api")) is above


def test_what_fails_is_shown_with_the_whole_ranking(catalog):
    assert [line.split()[:2] for line in shown(rank(catalog, "rated")).splitlines()] == [
        ["rated"], ["1", "alpha"], ["2", "beta"], ["3", "gamma"], ["but", "alpha-rest"], ["out", "delta"]
    ]  # fmt: skip


@pytest.mark.parametrize(("case", "entry", "said"), [
    ("async-api", "beta", "beta should be first-band: It is.\nasync-api"),
    ("async-apy", "beta", "async-apy is no use case"),
    ("async-api", "motor", "async-api ranks another kind"),
    ("async-api", "alfa", "alfa is no entry"),
])  # fmt: skip
def test_what_is_wrong_is_said(catalog, case, entry, said):
    judgement = Judgement.model_validate({"case": case, "entry": entry, "is": "first-band", "because": "It is."})
    assert problem(judgement, catalog, lambda name: rank(catalog, name)).startswith(said)
