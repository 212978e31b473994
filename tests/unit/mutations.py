"""What is done to records: values replaced by texts that could do harm, keys deleted, lines and bytes damaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

GOOD = Path(__file__).parent / "good" / "data"

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
