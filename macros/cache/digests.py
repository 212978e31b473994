"""Digests of what a result depends on: files, releases of libraries, and the values that a template prints."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

SIZE = 16
"""Bytes of a digest."""
_SCALARS = (bool, int, float, date, datetime)
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
    """Digests of values. Records of the packages `lasting` live as long as this, and are digested once.

    Two values with the same digest are equal for a template: same types, same fields, same order. A value of a type
    that has no fields is refused with a TypeError, so that nothing that a template prints is left out.
    """

    def __init__(self, *lasting: str) -> None:
        self._lasting = lasting
        self._known: dict[int, tuple[object, bytes]] = {}

    def keep(self, value: Any) -> None:
        """Digest a record once for all values that it is part of; it must live as long as this."""
        self._known[id(value)] = (value, self._of_record(value))

    def of(self, value: Any) -> str:
        """Return the digest of a value."""
        summed = blake2b(digest_size=SIZE)
        self._feed(summed.update, value)
        return summed.hexdigest()

    def _feed(self, into: Callable[[bytes], None], value: Any) -> None:
        kind = type(value)
        if isinstance(value, str):
            encoded = value.encode()
            into(b"%s%d:" % (kind.__name__.encode(), len(encoded)))
            into(encoded)
        elif value is None or isinstance(value, _SCALARS):
            into(f"{kind.__name__}{value!r};".encode())
        elif isinstance(value, Mapping):
            into(b"{%d;" % len(value))
            for key, item in value.items():
                self._feed(into, key)
                self._feed(into, item)
        elif kind in (tuple, list, range):
            into(b"[%d;" % len(value))
            for item in value:
                self._feed(into, item)
        elif kind in (set, frozenset):
            into(b"<%d;" % len(value))
            into(b"".join(sorted(self.of(item).encode() for item in value)))
        else:
            into(self._of_record(value))

    def _of_record(self, value: Any) -> bytes:
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        summed = blake2b(digest_size=SIZE)
        summed.update(type(value).__qualname__.encode())
        for name in _fields(type(value)):
            self._feed(summed.update, getattr(value, name))
        digest = summed.digest()
        if type(value).__module__.startswith(self._lasting):
            self._known[id(value)] = (value, digest)  # the record is kept, so that no other gets its id
        return digest


_FIELDS: dict[type[Any], tuple[str, ...]] = {}


def _fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of a record's fields; a field that is not compared is derived from the others."""
    if kind not in _FIELDS:
        _FIELDS[kind] = _declared(kind)
    return _FIELDS[kind]


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
