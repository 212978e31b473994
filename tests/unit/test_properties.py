"""Whatever is done to a record: no traceback, every problem has its place, and what passes injects nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros import schema
from macros.catalog import sources
from macros.catalog.build import build
from macros.catalog.sources import COLLECTIONS
from macros.checks import load as checks_load
from macros.reading.documents import Document, Problem, parse
from macros.reading.folders import Folders
from macros.reading.validation import validate
from macros.rendering.filters import ALLOWED_TAGS
from macros.views.site import Site
from tests.unit.markup import Elements, read
from tests.unit.mutations import FEW, GOOD, TEXTS, VALUES, damaged, rewritten

TODAY = date(2026, 11, 20)
RECORDS = sorted(file.relative_to(GOOD).as_posix() for file in GOOD.rglob("*.yml"))
READINGS = sorted(file.relative_to(GOOD).as_posix() for file in GOOD.rglob("*.json"))
APPLICATIONS = [file for file in (GOOD.parent / "lab").rglob("*") if file.is_file()]
ENTRIES = [name for name in RECORDS if name.startswith(("frameworks/", "servers/"))]
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

ADDRESSES = ("href", "src", "action")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return Path(shutil.copytree(GOOD.parent, tmp_path_factory.mktemp("mutated") / "copy")) / "data"


def checked(folder: Path, name: str, content: bytes) -> tuple[sources.Sources, list[Any]]:
    """Put the content into a file of the folder, read and check all, and put the good file back."""
    file = folder / name
    file.write_bytes(content)
    try:
        found = sources.load(Folders.around(folder))
        return found, checks_load.all_problems(found, TODAY)
    finally:
        shutil.copy(GOOD / name, file)


def assert_places(problems: list[Any], contents: dict[str, bytes]) -> None:
    for problem in problems:
        lines = LINE_END.split(contents[problem.path].decode("utf-8", "replace").removeprefix("\ufeff"))
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= max(len(lines[problem.line - 1]), len(contents[problem.path])) + 1, problem
        assert "\n" not in str(problem), problem
        assert "Traceback" not in problem.message, problem


def vocabulary(found: Elements) -> set[tuple[str, str]]:
    """Return the elements with their attributes; an element alone has the attribute ''."""
    return {(tag, name) for tag, attributes in found for name in ("", *attributes)}


@pytest.fixture(scope="module")
def known(site, pages_of) -> set[tuple[str, str]]:
    """Return the elements and attributes that templates and Markdown make."""
    made = {pair for html in pages_of(site).values() for pair in vocabulary(read(html)[0])}
    return made | {(tag, "") for tag in ALLOWED_TAGS} | {(tag, "title") for tag in ALLOWED_TAGS}


def assert_nothing_injected(found: Elements, known: set[tuple[str, str]]) -> None:
    assert vocabulary(found) <= known, vocabulary(found) - known
    for tag, attributes in found:
        for name in ADDRESSES:
            assert re.match(r"https://|\.{1,2}/|#|$", attributes.get(name, "")), (tag, name, attributes[name])


def assert_safe(folder: Path, name: str, content: bytes, render: Callable[[sources.Sources], None]) -> None:
    found, problems = checked(folder, name, content)
    contents = {f"data/{other}": (GOOD / other).read_bytes() for other in (*RECORDS, *READINGS)}
    contents |= {str(file.relative_to(GOOD.parent)): file.read_bytes() for file in APPLICATIONS}
    contents[f"data/{name}"] = content
    assert_places(problems, contents)
    if not problems:
        render(found)


@pytest.fixture(scope="module")
def render(site, pages_of, known) -> Callable[[sources.Sources], None]:
    """Return a function that renders everything and looks at the pages that differ from those of the good folder."""
    unchanged = set(pages_of(site).values())

    def changed_pages(found: sources.Sources) -> None:
        for html in set(pages_of(Site(build(found, TODAY))).values()) - unchanged:
            assert_nothing_injected(read(html)[0], known)

    return changed_pages


@pytest.mark.long
@given(data=st.data())
@FEW
def test_a_rewritten_entry_is_safe(folder, render, data):
    name = data.draw(st.sampled_from(ENTRIES))
    assert_safe(folder, name, data.draw(rewritten(name)), render)


@pytest.mark.long
@given(data=st.data())
@FEW
def test_any_rewritten_file_is_safe(folder, render, data):
    name = data.draw(st.sampled_from(RECORDS))
    assert_safe(folder, name, data.draw(rewritten(name)), render)


@pytest.mark.long
@given(data=st.data())
@FEW
def test_any_damaged_file_is_safe(folder, render, data):
    name = data.draw(st.sampled_from(RECORDS))
    assert_safe(folder, name, data.draw(damaged(name)), render)


@pytest.mark.long
@given(data=st.data())
@FEW
def test_any_reading_is_safe(folder, render, data):
    name = data.draw(st.sampled_from(READINGS))
    assert_safe(folder, name, data.draw(rewritten(name) | damaged(name)), render)


@pytest.mark.long
@given(text=TEXTS, key=st.sampled_from(["name", "summary", "note", "text", "ends", "since", "version"]))
@settings(FEW, max_examples=100)
def test_any_text_that_passes_comes_out_as_text(folder, page_of, known, text, key):
    content = (GOOD / "frameworks/alpha.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(content)
    shown = f"A text of twenty letters {text}"[:60]
    places = {
        "name": (data, "name"),
        "summary": (data, "summary"),
        "note": (data["evidence"][2]["facts"]["websockets"], "note"),
        "text": (data["strengths"][0], "text"),
        "ends": (data["spring"], "ends"),
        "since": (data["evidence"][0]["facts"]["asgi-native"], "since"),
        "version": (data["evidence"][0], "version"),
    }
    home, last = places[key]
    home[last] = shown
    dumped = yaml.safe_dump(data, allow_unicode=False, sort_keys=False).encode()
    found, problems = checked(folder, "frameworks/alpha.yml", dumped)
    if not problems:
        elements, said = read(page_of(Site(build(found, TODAY)), "frameworks/alpha/"))
        assert_nothing_injected(elements, known)
        assert shown.strip() in said


@given(
    content=st.binary(max_size=60)
    | st.text(alphabet="ab:- \n\t[]{}&*!|>'\"%@`#,?~0.é\u2028\x85\r\x00", max_size=60).map(str.encode)
)
@settings(FEW, max_examples=1500)
def test_any_bytes_are_read(content):
    document = parse(content, "data/x.yml")
    assert_places(list(document.problems), {"data/x.yml": content})
    assert document.problems or document.data is not None
    assert all(line >= 1 and column >= 1 for line, column in document.positions.values())


MODELS = [schema.Entry, schema.Kind, schema.Scales, schema.SharedCriteria, schema.Concepts, *COLLECTIONS.values()]


@given(model=st.sampled_from(MODELS), value=VALUES)
@settings(FEW, max_examples=400)
def test_any_data_is_typed_or_explained(model, value):
    found = validate(model, Document("data/x.yml", value, {(): (1, 1)}, {}))
    assert (found.record is None) == bool(found.problems)
    assert (found.readable is None) == (not isinstance(value, dict))
    assert_places(list(found.problems), {"data/x.yml": b"x"})


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x>",
        "<x-evil>",
        "<p x-evil>",
        "<a href=javascript:x>",
        "<a href=//evil.example>",
        "<math>",
        "<template><p>",
        "<!--x-->",
    ],
)
def test_injected_markup_is_noticed(known, html):
    with pytest.raises(AssertionError):
        assert_nothing_injected(read(f"<div>{html}x</div>")[0], known)


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (3, 1), (1, 99)])
def test_a_place_outside_its_file_is_noticed(place):
    with pytest.raises(AssertionError):
        assert_places([Problem("x", *place, "")], {"x": b"a\nb"})
