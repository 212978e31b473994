"""Whatever is done to a record: no traceback, every problem has its place, and what passes injects nothing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
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

HERE = Path(__file__).parent
GOOD = HERE / "good" / "data"
TODAY = date(2026, 11, 20)
RECORDS = sorted(file.relative_to(GOOD).as_posix() for file in GOOD.rglob("*.yml"))
READINGS = sorted(file.relative_to(GOOD).as_posix() for file in GOOD.rglob("*.json"))
APPLICATIONS = [file for file in (GOOD.parent / "lab").rglob("*") if file.is_file()]
ENTRIES = [name for name in RECORDS if name.startswith(("frameworks/", "servers/"))]
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

ADDRESSES = ("href", "src", "action")

FEW = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)

INJECTIONS = """\
<x-evil>
</td></table><x-evil x-evil>
"><x-evil>
' x-evil='1
" x-evil="1
--><x-evil>
</script></title><x-evil>
&lt;x-evil&gt;
{{ 7*7 }}
{% raw %}
{#
`x` | **y**
javascript:alert(1)
//evil.example/
https://evil.example/
https://e.example/" x-evil="
[x](javascript:alert(1))
[x](//evil.example)
![x](https://evil.example/x.png)
<https://evil.example>
pkg:pypi/x
pkg:npm/"x
pkg:npm/%22%3Ex-evil
alpha
motor
orm
none
partial
built-in
capability
frameworks
2026-11-20
²
(
no
~
1e400
\u202eאב
a\x85b
\x1b
""".splitlines()
TEXTS = st.sampled_from([*INJECTIONS, "", " ", "x" * 300]) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=20
)
SCALARS = TEXTS | st.integers() | st.floats() | st.booleans() | st.none() | st.dates()
KEYS = st.sampled_from(
    ["name", "value", "note", "via", "because", "to", "type", "facts", "x", "since", "label", "id", "str"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | TEXTS, inner, max_size=3), max_leaves=6
)


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here] + [path for key, item in items for path in paths(item, (*here, key))]


@st.composite
def rewritten(draw, name: str) -> bytes:
    """A record in which values are replaced or texts go on, keys are deleted or added."""
    is_json = name.endswith(".json")
    data = (json.loads if is_json else yaml.safe_load)((GOOD / name).read_text(encoding="utf-8"))
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        *way, last = draw(st.sampled_from(paths(data)[1:] or [(None,)]))
        home = data
        for step in way:
            home = home[step]
        what = draw(st.sampled_from(["replace", "append", "append", "append", "delete", "add"]))
        if what == "delete":
            del home[last]
        elif what == "append" and isinstance(home[last], str):
            home[last] += f" {draw(TEXTS)}"
        elif what == "add" and isinstance(home, dict):
            home[draw(KEYS | TEXTS)] = draw(VALUES)
        else:
            home[last] = draw(VALUES)
        if not data:
            break
    if is_json:
        return json.dumps(data, default=str).encode()
    return yaml.safe_dump(data, allow_unicode=draw(st.booleans()), sort_keys=False).encode()


@st.composite
def damaged(draw, name: str) -> bytes:
    """A record with lines doubled, removed or indented, and bytes put in or cut off."""
    content = (GOOD / name).read_bytes()
    for _ in range(draw(st.integers(1, 3))):
        lines = content.split(b"\n")
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(st.sampled_from(["double", "remove", "indent", "insert", "cut"]))
        if what == "double":
            lines.insert(at, lines[at])
        elif what == "remove":
            del lines[at]
        elif what == "indent":
            lines[at] = draw(st.sampled_from([b" ", b"  ", b"\t", b"- ", b"? ", b"&a ", b"# "])) + lines[at]
        content = b"\n".join(lines)
        place = draw(st.integers(0, len(content)))
        if what == "insert":
            content = content[:place] + draw(st.binary(max_size=6) | TEXTS.map(str.encode)) + content[place:]
        elif what == "cut":
            content = content[:place]
    return content


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


def nodes(html: str) -> list[Any]:
    return list(html5lib.parse(html, namespaceHTMLElements=False).iter())


def vocabulary(found: list[Any]) -> set[tuple[str, str]]:
    """Return the elements with their attributes; an element alone has the attribute ''."""
    return {(str(node.tag), name) for node in found for name in ("", *node.attrib)}


@pytest.fixture(scope="module")
def known(site, pages_of) -> set[tuple[str, str]]:
    """Return the elements and attributes that templates and Markdown make."""
    made = {pair for html in pages_of(site).values() for pair in vocabulary(nodes(html))}
    return made | {(tag, "") for tag in ALLOWED_TAGS} | {(tag, "title") for tag in ALLOWED_TAGS}


def assert_nothing_injected(html: str, known: set[tuple[str, str]]) -> None:
    found = nodes(html)
    assert vocabulary(found) <= known, vocabulary(found) - known
    for node in found:
        for name in ADDRESSES:
            assert re.match(r"https://|\.{1,2}/|#|$", node.get(name, "")), (node.tag, name, node.get(name))


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
            assert_nothing_injected(html, known)

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
def test_any_text_that_passes_comes_out_as_text(folder, pages_of, known, text, key):
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
        html = pages_of(Site(build(found, TODAY)))["frameworks/alpha/"]
        assert_nothing_injected(html, known)
        assert shown.strip() in "".join(html5lib.parse(html, namespaceHTMLElements=False).itertext())


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
        "<!--x-->",
    ],
)
def test_injected_markup_is_noticed(known, html):
    with pytest.raises(AssertionError):
        assert_nothing_injected(f"<div>{html}x</div>", known)


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (3, 1), (1, 99)])
def test_a_place_outside_its_file_is_noticed(place):
    with pytest.raises(AssertionError):
        assert_places([Problem("x", *place, "")], {"x": b"a\nb"})
