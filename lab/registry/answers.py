"""Raw answers, kept so that a run can be repeated without a network: one whole file a package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from packageurl import PackageURL

from lab.core.output import write


class Answers:
    """A folder with what was answered for each package URL; not part of the repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, package: str) -> Path:
        """Return where the answer for a package URL is kept: `pypi-flask.json`, `npm-@nestjs-core.json`."""
        url = PackageURL.from_string(package)
        return self.folder / ("-".join(filter(None, (url.type, url.namespace, url.name))) + ".json")

    def load(self, package: str) -> dict[str, Any] | None:
        """Return the answer that is kept, or None where there is none."""
        file = self.file(package)
        if not file.is_file():
            return None
        answer: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return answer

    def store(self, package: str, answer: dict[str, Any]) -> None:
        """Keep the answer; an interruption leaves the old one."""
        write(self.file(package), answer)
