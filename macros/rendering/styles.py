"""The style sheet: one file for every page, joined from files by subject."""

from __future__ import annotations

from pathlib import Path

import rcssmin  # type: ignore[import-untyped]

FOLDER = Path(__file__).parent / "stylesheets"


def stylesheet(folder: Path = FOLDER) -> str:
    """Return the style sheets of the folder joined into one, in the order of their names, without comments and spaces.

    Their names begin with two digits: later rules win over earlier ones. Raise ValueError if one has no such name, or
    if there are none.
    """
    parts = sorted(folder.glob("*.css"))
    unnumbered = [part.name for part in parts if not part.name[:2].isdigit()]
    if unnumbered:
        raise ValueError(
            f"{folder}: the name of a style sheet begins with two digits, its place in the order, such as"
            f" 08-tables.css. Rename {', '.join(unnumbered)}."
        )
    if not parts:
        raise ValueError(f"{folder}: there are no style sheets.")
    minified = rcssmin.cssmin("\n".join(part.read_text(encoding="utf-8") for part in parts))
    return f"{minified}\n"
