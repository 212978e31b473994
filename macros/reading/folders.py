"""Where the files lie that the site is made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders and files that the catalog is read from."""

    data: Path
    applications: Path
    """The Books applications, one folder each."""
    items: Path
    """The file with the items of their contract."""
    demonstrations: Path
    """The functions that show what facts say of a run, one file for each entry."""
    root: Path
    """Messages name files by their path below this folder."""

    @classmethod
    def of(cls, root: Path, data: Path | None = None) -> Folders:
        """Return where a project has them; `data` is for a folder with another name."""
        lab = root / "lab"
        return cls(data or root / "data", lab / "apps", lab / "books" / "items.yml", lab / "demonstrations", root)

    @classmethod
    def around(cls, data: Path) -> Folders:
        """Return where they are in the project that a data folder belongs to: the folder around it."""
        return cls.of(data.parent, data)

    def shown(self, path: Path) -> str:
        """Return how messages name a file or folder: `data/frameworks/flask.yml`."""
        return path.relative_to(self.root).as_posix()
