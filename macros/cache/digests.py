"""Digests of what a result depends on: files, releases of libraries, and the values that a template prints."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

SIZE = 16
"""Bytes of a digest."""
_SCALARS = frozenset((bool, int, float, date, datetime, type(None)))
_SEQUENCES = frozenset((tuple, list, range))
_SETS = frozenset((set, frozenset))
_MARKS = 1 << 21
"""Marks for records that were met, by address: one byte each, where a set takes sixty. Two may have the same one."""
_IGNORED = {"__pycache__", "node_modules", ".venv"}


def of_files(folders: Iterable[Path]) -> str:
    """Return the digest of the names and contents of all files in these folders; a file may stand for a folder."""
    summed = blake2b(digest_size=SIZE)
    for folder in folders:
        for file in files_below(folder):
            content = file.read_bytes()
            summed.update(f"{file.relative_to(folder.parent)}\n{len(content)}\n".encode())
            summed.update(content)
    return summed.hexdigest()


def files_below(folder: Path) -> list[Path]:
    """Return the files in a folder in the order of their names, without what programs leave there."""
    if folder.is_file():
        return [folder]
    found = []
    for item in sorted(folder.iterdir()) if folder.is_dir() else ():
        if item.is_dir():
            found += [] if item.name in _IGNORED or item.name.endswith("_cache") else files_below(item)
        elif item.suffix != ".pyc":
            found.append(item)
    return found


def of_releases(distributions: Iterable[str]) -> str:
    """Return the releases of installed distributions and of Python, as text."""
    return " ".join([platform.python_version(), *(f"{name}={version(name)}" for name in distributions)])


def of_text(*parts: str) -> str:
    """Return the digest of several texts; their borders count."""
    summed = blake2b(digest_size=SIZE)
    for part in parts:
        encoded = part.encode()
        summed.update(b"%d:" % len(encoded))
        summed.update(encoded)
    return summed.hexdigest()


class Digests:
    """Digests of values. Records of the packages `lasting` live as long as this, so that their digests can be kept.

    A digest is kept when its record is met for the second time: most records are met only once, inside another one.
    Where two records have the same mark, that of the second is kept at once.

    Two values with the same digest are equal for a template: same types, same fields, same order. A value of a type
    that has no fields is refused with a TypeError, so that nothing that a template prints is left out.
    """

    def __init__(self, *lasting: str) -> None:
        self._lasting = lasting
        self._known: dict[int, str] = {}
        """Digests of records, by their ids."""
        self._kept: list[object] = []
        """These records: while they are there, no other gets the id of one."""
        self._met = bytearray(_MARKS)
        self._again = False
        """Whether a record is being digested for the second time. Its parts do not count as met again."""

    def keep(self, value: Any) -> None:
        """Digest a record once for all values that it is part of; it must live as long as this."""
        kind: Any = type(value)
        self._remember(value, self._of_fields(_form(kind), value))

    def of(self, value: Any) -> str:
        """Return the digest of a value."""
        parts: list[str] = []
        self._feed(parts, (value,))
        return _digest(parts)

    def _feed(self, parts: list[str], values: Iterable[Any]) -> None:
        """Add what tells each value from every other: its type, how much follows, and its parts."""
        for value in values:
            kind = type(value)
            if kind is str:
                parts += "s", str(len(value)), ":", value
            elif kind in _SCALARS:
                parts += kind.__name__, repr(value), ";"
            elif kind in _SEQUENCES:
                parts.append(f"[{len(value)};")
                self._feed(parts, value)
            elif kind in _SETS:
                parts += f"<{len(value)};", *sorted(map(self.of, value))
            elif isinstance(value, str):
                parts += f"{kind.__name__} {len(value)}:", value
            elif isinstance(value, Mapping):
                parts.append(f"{{{len(value)};")
                self._feed(parts, chain.from_iterable(value.items()))
            else:
                self._record(parts, value, kind)

    def _record(self, parts: list[str], value: Any, kind: Any) -> None:
        known = self._known.get(id(value))
        if known is not None:
            parts.append(known)
            return
        form = _form(kind)
        lasting, mark = form.module.startswith(self._lasting), (id(value) >> 4) % _MARKS
        within, met = self._again, lasting and self._met[mark]
        self._again = bool(within or met)
        digest = self._of_fields(form, value)
        self._again = within
        parts.append(digest)
        if lasting and not within:
            if met:
                self._remember(value, digest)
            self._met[mark] = 1

    def _remember(self, value: Any, digest: str) -> None:
        self._known[id(value)] = digest
        self._kept.append(value)

    def _of_fields(self, form: _Form, value: Any) -> str:
        parts = [form.head]
        self._feed(parts, form.read(value))
        return _digest(parts)


def _digest(parts: list[str]) -> str:
    return blake2b("".join(parts).encode(), digest_size=SIZE).hexdigest()


class _Form(NamedTuple):
    """What a digest needs to know of a type of records."""

    module: str
    head: str
    read: Callable[[Any], Iterable[Any]]
    """Returns what the fields of a record hold."""


@cache
def _form(kind: Any) -> _Form:
    """Return the form of a record; a field that is not compared is derived from the others."""
    fields = _declared(kind)
    read: Callable[[Any], Iterable[Any]] = attrgetter(*fields) if len(fields) > 1 else _reader(fields)
    return _Form(kind.__module__, f"({kind.__qualname__} {len(fields)};", read)


def _reader(fields: tuple[str, ...]) -> Callable[[Any], Iterable[Any]]:
    return lambda value: [getattr(value, name) for name in fields]


def _declared(kind: type[Any]) -> tuple[str, ...]:
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind) if field.compare)
    if issubclass(kind, BaseModel):
        return tuple(kind.model_fields)
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return tuple(kind._fields)
    if issubclass(kind, Path):
        return ("parts",)
    raise TypeError(f"{kind.__qualname__} has no digest: a template must be given records, not this.")
