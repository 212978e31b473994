"""The items of the contract, in its order, read from CONTRACT.md, so that there is one list."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from macros.code.applications import contract_items

CONTRACT = Path(__file__).resolve().parent / "CONTRACT.md"


@cache
def items() -> dict[str, str]:
    """Return what each item asks, by its name."""
    return contract_items(CONTRACT.read_text(encoding="utf-8"))
