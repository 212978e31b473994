"""Answers that contradict each other, in a record and between records: every implication of the real criteria."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros import schema
from macros.catalog import sources
from macros.reading.documents import parse
from macros.reading.folders import Folders
from macros.reading.validation import validate

ROOT = Path(__file__).parents[2]
RECORD = """name: {name}
tile: {tile}
package: pkg:pypi/{package}
language: Python
website: https://{package}.example.org/
summary: A record for one test, and for nothing else.
evidence:
  - source: https://{package}.example.org/
    checked: 2026-11-20
    facts:
"""


def fact(value: str, **more: str) -> str:
    """Return a fact that has whatever its value asks for."""
    keys = {"value": value, "note": "It is so.", "via": "pkg:pypi/other", **more}
    return "{" + ", ".join(f'{key}: "{text}"' for key, text in keys.items()) + "}"


@pytest.fixture(scope="session")
def criteria(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the real criteria and no entry."""
    data = tmp_path_factory.mktemp("criteria") / "data"
    shutil.copytree(ROOT / "data/criteria", data / "criteria")
    shutil.copy(ROOT / "data/scales.yml", data)
    return data


def write(data: Path, kind: str, name: str, facts: dict[str, str], package: str | None = None) -> None:
    (data / kind).mkdir(exist_ok=True)
    head = RECORD.format(name=name.title(), tile=name[:2].title(), package=package or name)
    lines = "".join(f"      {criterion}: {value}\n" for criterion, value in facts.items())
    (data / kind / f"{name}.yml").write_text(head + lines, encoding="utf-8")


@pytest.fixture
def data(criteria: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(criteria, tmp_path / "data"))


def real() -> list[tuple[str, schema.Implication]]:
    """Return every implication of the real criteria with its kind."""
    files = sorted((ROOT / "data/criteria").glob("*.yml"))
    found = {file.stem: validate(schema.Kind, parse(file.read_bytes(), file.name)).record for file in files}
    return [(kind, one) for kind, home in found.items() if home for one in home.implications]


def named(given: tuple[str, schema.Implication]) -> str:
    kind, one = given
    return f"{kind}: {next(iter(one.when))} -> {next(iter(one.then))}"


@pytest.mark.parametrize("given", real(), ids=named)
def test_every_implication_refuses_what_contradicts_it_and_nothing_else(data, problems_of, given):
    kind, stated = given
    (cause, causes), (effect, allowed) = *stated.when.items(), *stated.then.items()
    found = sources.load(Folders.around(data))
    values = found.scale_values(found.criteria(kind)[effect])
    contrary = next(value for value in values if value not in allowed)
    for value in causes:
        write(data, kind, "one", {cause: fact(value), effect: fact(contrary)})
        (line,) = [line for line in problems_of(data) if f"beside {cause}" in line and stated.because in line]
        assert line.startswith(f"data/{kind}/one.yml:12:")
        assert f'{effect} is "{contrary}" beside {cause} "{value}"' in line
        for right in allowed:
            write(data, kind, "one", {cause: fact(value), effect: fact(right)})
            assert [line for line in problems_of(data) if f"{effect} is " in line and stated.because in line] == []


def test_an_answer_that_is_inherited_counts_too(data, problems_of):
    write(data, "frameworks", "base", {"streaming": "none"})
    write(data, "frameworks", "upon", {"server-sent-events": "built-in"})
    record = data / "frameworks/upon.yml"
    inherits = "inherits: {from: base, facts: streaming}\nevidence:"
    record.write_text(record.read_text(encoding="utf-8").replace("evidence:", inherits), encoding="utf-8")
    assert problems_of(data) == [
        'data/frameworks/upon.yml:12:7: server-sent-events is "built-in" beside streaming "none", with which it must '
        "be one of none, not-applicable. Server-sent events are a streamed response. Correct one of them."
    ]


@pytest.mark.parametrize(
    ("kind", "criterion", "there"),
    [("orms", "async-orm", "async-queries"), ("servers", "hot-reload", "hot-reload"), ("frameworks", "cors", "cors")],
)
def test_what_comes_via_an_entry_is_not_lacking_there(data, problems_of, kind, criterion, there):
    write(data, kind, "lender", {there: "none"})
    write(data, "frameworks", "taker", {criterion: fact("third-party", via="lender")})
    assert [line.split(": ", 1)[1] for line in problems_of(data)] == [
        f'{criterion} comes via lender, but its record says "none" (data/{kind}/lender.yml). Correct one of them.'
    ]
    write(data, kind, "lender", {there: "built-in"})
    assert problems_of(data) == []


def test_of_several_sources_one_that_has_it_is_enough(data, problems_of):
    write(data, "orms", "lender", {"async-queries": "none"})
    write(data, "orms", "other", {"async-queries": "built-in"})
    both = "{value: third-party, via: [lender, other]}"
    write(data, "frameworks", "taker", {"async-orm": both})
    assert problems_of(data) == []
    write(data, "frameworks", "taker", {"async-orm": "{value: third-party, via: [lender, 'pkg:pypi/else']}"})
    assert problems_of(data) == []


def test_two_entries_of_one_package_answer_alike(data, problems_of):
    whole = {"async-transactions": "built-in", "licence": "MIT", "migrations": "built-in"}
    write(data, "frameworks", "whole", whole, package="same")
    write(data, "orms", "part", {"async-transactions": "none", "licence": "ISC", "migrations": "built-in"}, "same")
    assert [line.split(": ", 1)[1] for line in problems_of(data)] == [
        'async-transactions is "built-in", but async-transactions of part, which is part of the same package, is '
        '"none" (data/orms/part.yml). Correct one of them.',
        'licence is "ISC", but licence of whole, which is part of the same package, is "MIT" '
        "(data/frameworks/whole.yml). Correct one of them.",
    ]
    write(data, "orms", "part", whole, package="same")
    assert problems_of(data) == []


def test_what_follows_is_published_with_the_names_of_criteria_and_values(site, pages_of):
    page = pages_of(site)["check_rules()"]
    shown = " ".join(page.split())
    assert "If <i>Async handlers</i> is none, <i>WebSocket</i> is none or third-party." in shown
    assert "Such a connection stays open &lt;b&gt;beside&lt;/b&gt; others." in shown
