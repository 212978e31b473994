"""Raw answers, kept so that a run can be repeated without a network: one whole file per package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from packageurl import PackageURL

from lab.core.output import write_json


class Answers:
    """A folder with the answer for each package URL; it is not part of the repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, package: str) -> Path:
        """Return the file of the answer for a package URL: `pypi-flask.json`, `npm-@nestjs-core.json`."""
        url = PackageURL.from_string(package)
        return self.folder / ("-".join(filter(None, (url.type, url.namespace, url.name))) + ".json")

    def load(self, package: str) -> dict[str, Any] | None:
        """Return the answer that is kept, or None if there is none."""
        file = self.file(package)
        if not file.is_file():
            return None
        answer: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return answer

    def store(self, package: str, answer: dict[str, Any]) -> None:
        """Keep the answer, whole or not at all."""
        write_json(self.file(package), answer)
