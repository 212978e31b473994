"""Text to data: YAML with the position of every key and value; what YAML 1.1 would guess is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category

import yaml
from yaml.reader import Reader

from macros.schema.fields import unseen

Location = tuple[str | int, ...]
"""The way to a value in a document: keys and list indices."""


MAX_DEPTH = 12
"""Mappings and lists within each other; a record needs six."""


_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


_TAG = "tag:yaml.org,2002:"


_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with contributed data, and where: `path:line:column: message`, both counted from 1.

    The message is one line, whatever it quotes: a line end becomes a space, another control character its number.
    """

    path: str
    line: int
    column: int
    message: str
    where: Location | None = field(default=None, compare=False, repr=False)
    """The way to what is wrong in its document, or None where it has none."""

    def __post_init__(self) -> None:
        """Put the message into one line."""
        flat = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", _LINE_END.sub(" ", self.message))
        object.__setattr__(self, "message", flat)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its data as plain Python values, and the line and column of every key and value."""

    path: str
    data: Any
    positions: Mapping[Location, tuple[int, int]]
    raw: Mapping[Location, str]
    problems: tuple[Problem, ...] = ()

    def problem(self, where: Location, message: str) -> Problem:
        """Return a problem at `where`, or at the nearest thing around it that is in the file."""
        near = where
        while near and near not in self.positions:
            near = near[:-1]
        line, column = self.positions.get(near, (1, 1))
        return Problem(self.path, line, column, message, where)

    def line(self, where: Location) -> int:
        """Return the line, counted from 1, on which the value at `where` begins."""
        return self.positions.get(where, (1, 1))[0]

    def keys(self, where: Location) -> tuple[str, ...]:
        """Return the keys of the mapping at `where`; none where there is no mapping."""
        here = self.data
        for step in where:
            is_there = step in here if isinstance(here, dict) else isinstance(here, list) and isinstance(step, int)
            here = here[step] if is_there else None
        return tuple(here) if isinstance(here, dict) else ()

    def renamed(self, names: Mapping[Location, str]) -> Document:
        """Return the document with other keys: `names` has the new name for the key at each place."""

        def new(where: Location) -> Location:
            return tuple(names.get(where[: index + 1], step) for index, step in enumerate(where))

        def copy(data: Any, where: Location) -> Any:
            if isinstance(data, dict):
                return {names.get((*where, key), key): copy(item, (*where, key)) for key, item in data.items()}
            return [copy(item, (*where, at)) for at, item in enumerate(data)] if isinstance(data, list) else data

        positions = {new(where): place for where, place in self.positions.items()}
        raw = {new(where): text for where, text in self.raw.items()}
        problems = tuple(replace(problem, where=problem.where and new(problem.where)) for problem in self.problems)
        return Document(self.path, copy(self.data, ()), positions, raw, problems)


@dataclass(slots=True)
class _Reading:
    path: str
    positions: dict[Location, tuple[int, int]] = field(default_factory=dict)
    raw: dict[Location, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, place: tuple[int, int], message: str, where: Location | None = None) -> None:
        self.problems.append(Problem(self.path, *place, message, where))


def quoted(text: str, most: int = 60) -> str:
    """Return the text in double quotes on one line, shortened to `most` characters, what is invisible as its number."""
    flat = "".join(f"\\u{ord(sign):04x}" if category(sign) == "Cf" else sign for sign in " ".join(text.split()))
    return f'"{flat if len(flat) <= most else flat[: most - 1] + "…"}"'


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Return the number with its noun: `1 problem`, `2 problems`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that is spelled most like the word, or None if none is near."""
    near = get_close_matches(str(word).lower().replace("_", "-"), sorted(choices), n=1, cutoff=0.6)
    return near[0] if near else None


def suggestion(word: str, choices: Iterable[str]) -> str:
    """Return ` Did you mean x?` for the nearest of the choices, or nothing."""
    near = nearest(word, choices)
    return f" Did you mean {near}?" if near else ""


def read(file: Path, shown: str) -> Document:
    """Return the document in `file`; what cannot be read is among its problems, never raised.

    `shown` is the path that messages name. Reading the same bytes again costs nothing.
    """
    return parse(file.read_bytes(), shown)


def forget() -> None:
    """Let go of the documents that were read: no file will be read again."""
    parse.cache_clear()


@lru_cache(maxsize=4096)
def parse(content: bytes, shown: str) -> Document:
    """Return the document that the bytes spell: data, positions and problems."""
    reading = _Reading(shown)
    data = None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"The file is not UTF-8: byte 0x{content[error.start]:02x}. Save it as UTF-8."
        reading.problems.append(Problem(shown, line, column, message))
    else:
        data = _parse_text(text.removeprefix("\ufeff"), reading)
    return Document(shown, data, reading.positions, reading.raw, tuple(reading.problems))


def _parse_text(text: str, reading: _Reading) -> Any:
    try:
        problem = _too_deep(text, reading.path)
        if problem:
            reading.problems.append(problem)
            return None
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        reading.problems.append(_syntax_problem(error, text, reading.path))
        return None
    if node is None or node.tag == f"{_TAG}null":
        reading.problems.append(Problem(reading.path, 1, 1, "The file is empty. Fill it or remove it."))
        return None
    return _value(node, (), reading)


def _too_deep(text: str, path: str) -> Problem | None:
    """Nesting is bounded before the recursive part of the parser sees it; aliases are not followed."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        mark: Any = event.start_mark
        if depth > MAX_DEPTH:
            message = f"Nested more than {MAX_DEPTH} levels deep. A record needs six; look for a stray bracket."
            return Problem(path, mark.line + 1, mark.column + 1, message)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "Anchors and aliases (& and *) are not used here. Write the value out, or put the text in quotes."
            return Problem(path, mark.line + 1, mark.column + 1, message)
    return None


def _syntax_problem(error: yaml.YAMLError, text: str, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        found = Reader.NON_PRINTABLE.search(text)
        position = found.start() if found else 0
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
        return Problem(path, line, column, "There is a control character here. Remove it.")
    line, column = mark.line + 1, mark.column + 1
    rows = _LINE_END.split(text)
    if len(rows) > 1 and not rows[-1]:
        rows.pop()
    if line > len(rows):
        line, column = len(rows), len(rows[-1]) + 1
    row = rows[line - 1]
    if "\t" in row[: max(column, len(row) - len(row.lstrip()))]:
        return Problem(path, line, row.index("\t") + 1, "There is a tab in the indentation. Indent with two spaces.")
    reason = " ".join(str(getattr(error, "problem", None) or "not YAML").split())
    cure = 'Look at this line and the one before: a missing quote, colon or indent. Text with ": " needs quotes.'
    return Problem(path, line, column, f"This is not YAML: {reason}. {cure}")


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _value(node: yaml.Node, where: Location, reading: _Reading) -> Any:
    reading.positions.setdefault(where, _place(node.start_mark))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, where, reading)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*where, index), reading) for index, child in enumerate(node.value)]
    return _scalar(node, where, reading)


def _mapping(node: yaml.MappingNode, where: Location, reading: _Reading) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag != f"{_TAG}str":
            shown = quoted(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "that is a list or a mapping"
            cure = "Put it in quotes." if isinstance(key_node, yaml.ScalarNode) else "Write a word."
            reading.refuse(_place(key_node.start_mark), f"The key {shown} is not text. {cure}")
            continue
        key = key_node.value
        if found := unseen(key):
            reading.refuse(_place(key_node.start_mark), f"The key {quoted(key)} contains {found}. Remove it.")
            continue
        if key in data:
            first = reading.positions[(*where, key)][0]
            reading.refuse(_place(key_node.start_mark), f"{key} is given twice (first on line {first}). Keep one.")
            continue
        reading.positions[(*where, key)] = _place(key_node.start_mark)
        data[key] = _value(value_node, (*where, key), reading)
    return data


def _scalar(node: yaml.Node, where: Location, reading: _Reading) -> Any:
    raw = str(node.value)
    reading.raw[where] = raw
    kind = node.tag.removeprefix(_TAG)
    if kind == "str":
        return raw
    name = " ".join(str(where[-1]).split()) if where else "the file"
    if kind == "null":
        reading.refuse(reading.positions[where], f"{name} has no value. Give one or remove the line.", where)
        return ""
    if kind == "bool":
        message = (
            f'{name} is {raw}, which YAML takes for true or false. Put it in quotes ("{raw}") if it is meant as text.'
        )
        reading.refuse(reading.positions[where], message, where)
        return raw
    if kind == "timestamp":
        return _date(raw)
    if kind in ("int", "float"):
        return _number(raw)
    message = f"{name} has the tag {node.tag}, and tags are not used here. Remove it."
    reading.refuse(reading.positions[where], message, where)
    return raw


def _date(raw: str) -> Any:
    """Return the date that the text spells, or the text unchanged: the schema then says what is wrong."""
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return raw


def _number(raw: str) -> int | float | str:
    for read_as in (int, float):
        try:
            return read_as(raw)
        except ValueError:
            continue
    return raw
