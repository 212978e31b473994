"""How sure a ranking is: shares of draws against sums done by hand, and what must hold for any ranking."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.catalog.acceptability import shares

NEAR = 0.015
"""Three standard deviations of a share of 10,000 draws."""

weights = st.dictionaries(st.sampled_from("abcde"), st.floats(0.5, 10), min_size=1)
credit = st.one_of(st.none(), st.sampled_from([0.0, 0.25, 0.5, 1.0]))


@st.composite
def cases(draw):
    asked = draw(weights)
    entry = st.fixed_dictionaries({}, optional=dict.fromkeys(asked, credit))
    return asked, draw(st.dictionaries(st.sampled_from(["one", "two", "three", "four"]), entry, min_size=1))


@pytest.mark.parametrize(("weight", "first"), [(1.0, 0.5), (1.5, 0.75), (2.0, 0.875), (4.0, 1.0)])
def test_two_entries_that_earn_one_weight_each(weight, first):
    """The heavier one wins unless the other weight grows by more than it: with u and v from -1 to 1, v - u > log2 w.

    The difference has a triangle from -2 to 2 as density, of which (2 - d)² / 8 is beyond d. The page tells of 1.5.
    """
    found = shares({"x": weight, "y": 1.0}, {"one": {"x": 1.0, "y": 0.0}, "two": {"x": 0.0, "y": 1.0}}, "one")
    assert found["one"].first == pytest.approx(first, abs=NEAR)
    assert found["two"].first == pytest.approx(1 - first, abs=NEAR)
    assert found["two"].beaten == pytest.approx(first, abs=NEAR)
    assert found["one"].beaten == 0


@pytest.mark.parametrize(("credit", "first"), [(0.5, 0.5), (0.8, 0.8), (1.0, 1.0)])
def test_what_is_not_known_lies_anywhere(credit, first):
    found = shares({"x": 3.0}, {"sure": {"x": credit}, "unsure": {"x": None}}, "sure")
    assert found["sure"].first == pytest.approx(first, abs=NEAR)


def test_what_is_not_asked_of_an_entry_stands_outside_its_sum():
    entries = {"asked": {"x": 1.0, "y": 0.0}, "excused": {"x": 1.0}}
    found = shares({"x": 1.0, "y": 1.0}, entries, "excused")
    assert (found["excused"].first, found["asked"].first) == (1, 0)


def test_equal_scores_share_the_first_place_and_nobody_is_beaten():
    found = shares({"x": 1.0}, {name: {"x": 0.5} for name in ("one", "two")}, "one")
    assert found == {"one": (1, 1, 0), "two": (1, 1, 0)}


def test_three_may_be_among_the_first_three():
    found = shares(
        {"x": 1.0}, {name: {"x": credit} for name, credit in zip("abcd", (0.9, 0.8, 0.7, 0.6), strict=True)}, "a"
    )
    assert [found[name].top for name in "abcd"] == [1, 1, 1, 0]


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms())
def test_the_order_of_weights_and_entries_changes_nothing(case, random):
    asked, entries = case
    leader = sorted(entries)[0]

    def shuffled(mapping):
        return dict(random.sample(list(mapping.items()), len(mapping)))

    mixed = {name: shuffled(own) for name, own in shuffled(entries).items()}
    assert shares(asked, entries, leader) == shares(shuffled(asked), mixed, leader)


@settings(max_examples=60, deadline=None)
@given(weights, st.data())
def test_what_is_worse_in_one_weight_and_better_in_none_is_never_first(asked, data):
    worse = {name: data.draw(st.sampled_from([0.0, 0.25, 0.5])) for name in asked}
    better = dict(worse) | {data.draw(st.sampled_from(sorted(asked))): 1.0}
    found = shares(asked, {"better": better, "worse": worse}, "better")
    assert (found["worse"].first, found["worse"].beaten) == (0, 1)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.5, 10), st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.0, 0.5, 1.0]), min_size=1))
def test_with_one_weight_and_certain_facts_every_share_is_nothing_or_all(weight, earned):
    found = shares({"x": weight}, {name: {"x": credit} for name, credit in earned.items()}, sorted(earned)[0])
    assert {share for one in found.values() for share in one} <= {0, 1}
    best = max(earned.values())
    assert {name for name, one in found.items() if one.first} == {name for name in earned if earned[name] == best}


@settings(max_examples=40, deadline=None)
@given(cases())
def test_somebody_is_always_first_and_the_first_are_among_the_first_three(case):
    asked, entries = case
    found = shares(asked, entries, sorted(entries)[0])
    assert sum(one.first for one in found.values()) >= 1 - 1e-9
    assert all(0 <= one.first <= one.top <= 1 for one in found.values())


def test_another_process_draws_the_same():
    root = Path(__file__).parents[2]
    code = (
        "from macros.catalog.acceptability import shares\n"
        "print(shares({'x': 3.0, 'y': 2.0}, {'a': {'x': None, 'y': 0.3}, 'b': {'x': 0.5, 'y': 0.5}}, 'b'))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    here = shares({"y": 2.0, "x": 3.0}, {"b": {"x": 0.5, "y": 0.5}, "a": {"x": None, "y": 0.3}}, "b")
    assert runs == {f"{here}\n"}
