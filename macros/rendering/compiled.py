"""Templates compiled once: kept for the next build, or for this process where nothing is kept."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path
from typing import ClassVar

from jinja2.bccache import Bucket, BytecodeCache

from macros.cache.digests import of_files
from macros.cache.store import Store

_PRINTED_BY = of_files([Path(__file__).with_name("output.py")])
_MADE_WITH = f"{platform.python_implementation()} {platform.python_version()} jinja2 {version('jinja2')} {_PRINTED_BY}"


class CompiledTemplates(BytecodeCache):
    """Keeps the bytecode of templates in the store; Jinja compares it with the template's text before it is used."""

    made: ClassVar[dict[str, bytes]] = {}

    def __init__(self, store: Store) -> None:
        self.store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put what is kept of a template into the bucket, if anything is."""
        key = self._key(bucket)
        code = self.store.get(key) or self.made.get(key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bytecode of a template."""
        key, code = self._key(bucket), bucket.bytecode_to_string()
        if self.store.folder:
            self.store.put(key, code)
        else:
            self.made[key] = code

    @staticmethod
    def _key(bucket: Bucket) -> str:
        return f"template {_MADE_WITH} {bucket.key} {bucket.checksum}"
