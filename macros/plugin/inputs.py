"""What a site is made of: the files, the releases of the libraries and the settings that its pages depend on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from macros.cache import digests
from macros.reading.folders import Folders

DISTRIBUTIONS = (
    *(
        "icalendar",
        "jinja2",
        "markdown",
        "markdown-it-py",
        "markupsafe",
        "mkdocs",
        "mkdocs-macros-plugin",
        "mkdocs-material",
    ),
    *("nh3", "numpy", "packageurl-python", "packaging", "pillow", "pydantic", "pygments", "pyyaml", "rcssmin"),
    *("tree-sitter", "tree-sitter-javascript", "tree-sitter-python", "tree-sitter-typescript"),
)
"""Libraries whose release may change what a page says."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the parts of a site are, and the settings that its pages print."""

    root: Path
    data: Path
    site_url: str
    repo_url: str

    @classmethod
    def of(cls, config: MkDocsConfig) -> Inputs:
        """Return the inputs of the site that MkDocs is told to build."""
        root = Path(config.config_file_path).parent
        return cls(root, root / config.extra["data"], config.site_url or "", config.repo_url or "")

    @property
    def folders(self) -> Folders:
        """Return where the files lie that the catalog is read from."""
        return Folders.around(self.data)

    @property
    def facts(self) -> tuple[Path, ...]:
        """Return the folders and files that the catalog is read from."""
        found = self.folders
        return found.data, found.applications, found.items, found.demonstrations

    @property
    def templates(self) -> tuple[Path, ...]:
        """Return the folder of the templates, which can be read again without starting anew."""
        return (self.root / "macros" / "rendering" / "templates",)

    @property
    def code(self) -> tuple[Path, ...]:
        """Return the folders and files that turn the catalog into pages."""
        return tuple(self.root / name for name in ("macros", "overrides", "mkdocs.yml"))

    @property
    def texts(self) -> tuple[Path, ...]:
        """Return the folder of the hand-written pages and the assets."""
        return (self.root / "docs",)

    def frame(self) -> str:
        """Return the digest of what all generated pages depend on: code, templates, libraries, settings."""
        return digests.of_text(
            digests.of_files(self.code), digests.of_releases(DISTRIBUTIONS), self.site_url, self.repo_url
        )

    def everything(self, today: date) -> str:
        """Return the digest of all that the site depends on; facts age, so the day is part of it."""
        return digests.of_text(self.frame(), digests.of_files((*self.facts, *self.texts)), today.isoformat())
