"""Digests of what a result depends on: files, releases of libraries, and the values that a template prints."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

SIZE = 16
"""Bytes of a digest."""
_SCALARS = frozenset((bool, int, float, date, datetime, type(None)))
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

    Two values with the same digest are equal for a template: same types, same fields, same order. A value of a type
    that has no fields is refused with a TypeError, so that nothing that a template prints is left out.
    """

    def __init__(self, *lasting: str) -> None:
        self._lasting = lasting
        self._known: dict[int, tuple[object, bytes]] = {}
        self._met: set[int] = set()
        self._again = False
        """Whether a record is being digested for the second time. Its parts do not count as met again."""

    def keep(self, value: Any) -> None:
        """Digest a record once for all values that it is part of; it must live as long as this."""
        self._known[id(value)] = (value, self._of_record(value, type(value)))

    def of(self, value: Any) -> str:
        """Return the digest of a value."""
        parts: list[bytes] = []
        self._feed(parts.append, value)
        return blake2b(b"".join(parts), digest_size=SIZE).hexdigest()

    def _feed(self, add: Callable[[bytes], None], value: Any) -> None:
        """Add what tells a value from every other: its type, how much follows, and its parts."""
        kind = type(value)
        if kind is str:
            encoded = value.encode()
            add(b"str%d:%s" % (len(encoded), encoded))
        elif kind in _SCALARS:
            add(f"{kind.__name__}{value!r};".encode())
        elif kind in (tuple, list, range):
            add(b"[%d;" % len(value))
            for item in value:
                self._feed(add, item)
        elif kind in (set, frozenset):
            add(b"<%d;" % len(value))
            add(b"".join(sorted(self.of(item).encode() for item in value)))
        elif isinstance(value, str):
            encoded = value.encode()
            add(b"%s%d:%s" % (kind.__name__.encode(), len(encoded), encoded))
        elif isinstance(value, Mapping):
            add(b"{%d;" % len(value))
            for key, item in value.items():
                self._feed(add, key)
                self._feed(add, item)
        else:
            add(self._of_record(value, kind))

    def _of_record(self, value: Any, kind: Any) -> bytes:
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        form = _form(kind)
        parts = [form.head]
        within, met = self._again, id(value) in self._met
        self._again = within or met
        for name in form.fields:
            self._feed(parts.append, getattr(value, name))
        self._again = within
        digest = blake2b(b"".join(parts), digest_size=SIZE).digest()
        if form.module.startswith(self._lasting) and not within:
            if met:
                self._known[id(value)] = (value, digest)  # the record is kept, so that no other gets its id
            self._met.add(id(value))
        return digest


class _Form(NamedTuple):
    """What a digest needs to know of a type of records."""

    module: str
    head: bytes
    fields: tuple[str, ...]


@cache
def _form(kind: Any) -> _Form:
    """Return the form of a record; a field that is not compared is derived from the others."""
    fields = _declared(kind)
    return _Form(kind.__module__, b"(%s %d;" % (kind.__qualname__.encode(), len(fields)), fields)


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
