"""The items of the contract, in its order, read from CONTRACT.md: so there is one list."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

CONTRACT = Path(__file__).resolve().parent / "CONTRACT.md"


@cache
def items() -> dict[str, str]:
    """Return what each item asks, by its name."""
    chapter = CONTRACT.read_text(encoding="utf-8").partition("## The items")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", chapter, re.MULTILINE))
