"""The site that ours is compared with: MkDocs with Material, and nothing but plain pages in Markdown.

Every page has a heading, a sentence and one table of 60 rows and three columns, about what the page of a pair shows.
The theme and its search are as Material sets them up; there is no other plugin and no extension beyond `tables`, which
MkDocs has anyway. The navigation holds the first page alone and has `navigation.prune`: with all pages in it, the cost
of a page grows with their number. So this is Material at its best.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROWS = 60
SETTINGS = """\
site_name: Plain pages
theme:
  name: material
  features: [navigation.prune]
nav: [index.md]
not_in_nav: page-*.md
"""


def write_material(target: Path, pages: int) -> None:
    """Write a project whose site has so many pages; 404.html, which the theme makes, is one of them."""
    docs = target / "docs"
    docs.mkdir(parents=True)
    (target / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    for number in range(pages - 1):
        name = f"page-{number}.md" if number else "index.md"
        (docs / name).write_text(page(number), encoding="utf-8")


def page(number: int) -> str:
    """Return the Markdown of a page."""
    rows = (
        f"| Question {row} of page {number} | built in, since {row}.{number} | "
        f"with `package-{number + row}`, from [its documentation](https://example.org/{number}/{row}/) |"
        for row in range(1, ROWS + 1)
    )
    table = "\n".join(["| Question | One | Other |", "|---|---|---|", *rows])
    return f"# Page {number}\n\nWhat page {number} compares, in one sentence.\n\n{table}\n"


def build_command(target: Path) -> list[str]:
    """Return the command that builds the site into a folder."""
    return [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
