"""Results on disk, each under its key; whatever is wrong with an entry, it counts as missing."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

_DIGEST = 32
"""Bytes in front of the content: the SHA-256 of the key and the content."""
_DAY = 86_400
KEPT_DAYS = 30
"""Days after which an entry that nobody asked for is removed."""


class Store:
    """A folder of results. Without a folder it keeps nothing and finds nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return the content that is kept under the key, or None.

        An entry that was written by half, damaged, or moved from another key is missing.
        """
        return self._read(key) if self.folder else None

    def put(self, key: str, content: bytes) -> None:
        """Keep the content under the key. A disk that is full or read-only costs the entry, and nothing else."""
        if not self.folder:
            return
        file = self._file(key)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as opened:
                opened.write(_checksum(key, content))
                opened.write(content)
            draft.replace(file)
        except OSError:
            with suppress(OSError):
                draft.unlink()

    def json(self, key: str, make: Callable[[], Any]) -> Any:
        """Return the value that is kept under the key, or else make it and keep it. JSON must be able to hold it."""
        content = self.get(key)
        if content is not None:
            return from_json(content, cache_strings="all")
        made = make()
        self.put(key, to_json(made))
        return made

    def prune(self) -> None:
        """Remove the entries that nobody has asked for in KEPT_DAYS."""
        if not self.folder:
            return
        oldest = time.time() - KEPT_DAYS * _DAY
        for file in self.folder.glob("??/*"):
            try:
                if file.stat().st_mtime < oldest:
                    file.unlink()
            except OSError:
                continue

    def _file(self, key: str) -> Path:
        assert self.folder
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / name[2:]

    def _read(self, key: str) -> bytes | None:
        file = self._file(key)
        try:
            with file.open("rb") as opened:
                entry = opened.read()
                if time.time() - os.fstat(opened.fileno()).st_mtime > _DAY:
                    os.utime(file)
        except OSError:
            return None
        content = entry[_DIGEST:]
        return content if entry[:_DIGEST] == _checksum(key, content) else None


def _checksum(key: str, content: bytes) -> bytes:
    summed = hashlib.sha256(b"%d:%s" % (len(key), key.encode()))
    summed.update(content)
    return summed.digest()


NOTHING = Store(None)
"""Keeps nothing: everything is done again."""


def store_of(root: Path) -> Store:
    """Return where the results of the project at `root` are kept: in `.cache/site`.

    The variable FIELD_GUIDE_CACHE names another folder. If it is empty, nothing is kept.
    """
    folder = os.environ.get("FIELD_GUIDE_CACHE", str(root / ".cache" / "site"))
    return Store(Path(folder)) if folder else NOTHING
