"""What the measurement of types says, and the rule that a record says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.catalog.annotations import in_words, typed_as_measured
from macros.catalog.constants import ANNOTATED_SHARE, TYPED_SHARE
from macros.schema.measured.type_coverage import TypeCoverage
from tests.results import EXAMPLES
from tests.unit.spoiling import ALPHA, spoil

SCALE = "      docs-tutorial: present\n"


def measured(*, marked: bool, share: float, annotated: int, parameters: int = 100) -> TypeCoverage:
    sample = EXAMPLES["type-coverage/hello"]
    assert isinstance(sample, TypeCoverage)
    changed = {"marker_added": not marked, "share": share, "annotated": annotated, "parameters": parameters}
    return sample.model_copy(update=changed)


@pytest.mark.parametrize(
    ("marked", "share", "annotated", "value"),
    [
        (True, TYPED_SHARE, 0, "inline"),
        (True, TYPED_SHARE - 0.01, 0, "partial"),
        (False, 1.0, 100 * ANNOTATED_SHARE, "partial"),
        (False, 1.0, 100 * ANNOTATED_SHARE - 1, "none"),
    ],
)
def test_the_mark_the_names_and_the_parameters_decide(marked, share, annotated, value):
    assert typed_as_measured(measured(marked=marked, share=share, annotated=int(annotated))) == value


def test_a_package_without_parameters_lacks_no_annotation():
    assert typed_as_measured(measured(marked=False, share=1.0, annotated=0, parameters=0)) == "partial"


def test_the_figures_are_said():
    assert in_words(measured(marked=False, share=0.305, annotated=12)) == (
        "no py.typed, 30 % of its public names have known types, and 12 % of its parameters are annotated"
    )


@pytest.fixture
def asked(data: Path) -> Path:
    """Return good data in which the types of Alpha are asked and measured: marked, and every second name known."""
    spoil(
        data / "criteria/frameworks.yml",
        "criteria: [licence, docs-tutorial]",
        "criteria: [licence, docs-tutorial, typed]",
    )
    shared = data / "criteria/shared.yml"
    values = ("inline", "stubs", "partial", "none")
    given = ", ".join(f"{value}: {{label: {value}, tone: neutral, meaning: It is so.}}" for value in values)
    typed = f"  - {{id: typed, name: Typed, question: Has it types?, values: {{{given}}}}}\n"
    shared.write_text(shared.read_text(encoding="utf-8").rstrip("\n") + "\n" + typed, encoding="utf-8")
    result = measured(marked=True, share=TYPED_SHARE, annotated=50).model_copy(update={"entry": "alpha"})
    folder = data / "measured/type-coverage"
    folder.mkdir()
    (folder / "alpha.json").write_text(result.model_dump_json(by_alias=True), encoding="utf-8")
    return data


def test_a_record_says_what_is_measured(asked, problems_of):
    spoil(asked / ALPHA, SCALE, SCALE + "      typed: inline\n")
    assert problems_of(asked) == []


@pytest.mark.parametrize("fact", ["partial, note: Half of it.", "none", 'stubs, via: "pkg:pypi/types-alpha"'])
def test_a_record_that_says_otherwise_is_refused_with_the_figures(asked, problems_of, fact):
    place = spoil(asked / ALPHA, SCALE, f"{SCALE}      typed: {{▸value: {fact}}}\n")
    value = fact.partition(",")[0]
    assert problems_of(asked) == [
        f'data/{ALPHA}:{place}: typed is "{value}", but hello 2.0 is "inline": py.typed, 50 % of its public names '
        "have known types, and 50 % of its parameters are annotated (measured on 2026-11-20). Correct the value."
    ]


def test_stubs_are_stated_of_what_is_not_typed_inline(asked, problems_of):
    file = asked / "measured/type-coverage/alpha.json"
    spoil(file, '"marker-added":false', '"marker-added":true')
    spoil(asked / ALPHA, SCALE, f'{SCALE}      typed: {{value: stubs, via: "pkg:pypi/types-alpha"}}\n')
    assert problems_of(asked) == []
