"""Yardsticks: where they are shown, and examples that say what the records say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.catalog.constants import ANNOTATED_SHARE, TYPED_SHARE
from macros.catalog.model import Catalog
from macros.views.method import yardstick_groups
from tests.unit.spoiling import spoil

KIND = "criteria/frameworks.yml"


def test_a_yardstick_is_shown_with_its_examples_and_linked_from_the_question(site, pages_of):
    pages = pages_of(site)
    assert 'id="yardstick-frameworks-async-handlers"' in pages["yardsticks()"]
    assert "Alpha: built in, because its handlers are awaited." in pages["yardsticks()"]
    link = '<a href="../../method/#yardstick-frameworks-async-handlers">How it is decided</a>'
    assert pages["frameworks/alpha/"].count("How it is decided") == 1
    assert link in pages["frameworks/alpha/"]


def test_a_yardstick_of_several_kinds_is_listed_once(real: Catalog):
    listed = [one.yardstick_id for group in yardstick_groups(real) for one in group.criteria]
    assert len(listed) == len(set(listed))
    wanted = {one.yardstick_id for kind in real.kinds.values() for one in kind.criteria.values() if one.yardstick}
    assert set(listed) == wanted


def test_every_yardstick_of_the_real_criteria_has_two_examples(real: Catalog):
    for kind in real.kinds.values():
        for criterion in kind.criteria.values():
            assert len(criterion.examples) == (2 if criterion.yardstick else 0), (kind.id, criterion.id)


def test_the_yardstick_of_types_says_what_the_rule_computes(real: Catalog):
    typed = next(kind.criteria["typed"] for kind in real.kinds.values() if "typed" in kind.criteria)
    assert (TYPED_SHARE, ANNOTATED_SHARE) == (1 / 2, 1 / 20)
    assert re.search("at least half of its public names", typed.yardstick or "")
    assert re.search("at least one parameter in twenty", typed.yardstick or "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '- "Alpha: built in, because',
            '- ▸"Alpha: partial, because',
            'The example says that Alpha is "partial", but its record says "built in" (data/frameworks/alpha.yml). '
            "Correct one of them.",
        ),
        (
            '- "Delta: none, because',
            '- ▸"Delta: no, because',
            'The example says that Delta is "no", but its record says "none" (data/frameworks/delta.yml). '
            "Correct one of them.",
        ),
    ],
)
def test_an_example_that_its_record_contradicts_is_refused(data: Path, problems_of, old, new, message):
    place = spoil(data / KIND, old, new)
    assert problems_of(data) == [f"data/{KIND}:{place}: {message}"]


@pytest.mark.parametrize("example", ["Alpha: built, because", "A framework that waits: partial, because"])
def test_first_words_of_a_value_and_cases_without_a_name_pass(data: Path, problems_of, example):
    spoil(data / KIND, "Alpha: built in, because", example)
    assert problems_of(data) == []
