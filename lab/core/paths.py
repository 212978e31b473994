"""The folders that the lab reads and writes."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project."""
CACHE = ROOT / ".cache" / "lab"
"""Environments and raw answers, which are not part of the repository."""
DATA = ROOT / "data"
MEASURED = DATA / "measured"
"""The results, which the site reads."""
