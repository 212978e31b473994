"""The plain `mkdocs` of the environment builds and serves the site, as somebody would type it who knows MkDocs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import preview

MKDOCS = Path(sys.executable).with_name("mkdocs")
"""The script that pip made: unlike `python -m mkdocs` it does not put the current folder on the path."""
SMALL = preview.ROOT / "tests" / "unit" / "good" / "data"


@pytest.fixture
def small(repository: Path) -> dict[str, str]:
    """Return the settings of a build from few records, in a copy of the repository."""
    return preview.settings(FIELD_GUIDE_DATA=str(SMALL), PATH="/usr/bin:/bin")


def test_it_builds(repository, small, tmp_path):
    target = tmp_path / "site"
    done = subprocess.run(
        [MKDOCS, "build", "--site-dir", target],
        cwd=repository, env=small, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    assert "Alpha" in (target / "frameworks/alpha/index.html").read_text(encoding="utf-8")


def test_it_serves(repository, small, tmp_path):
    served = preview.LiveServer(repository, tmp_path / "serve.log", [str(MKDOCS), "serve"], small)
    try:
        served.until("frameworks/alpha/", "Alpha")
        served.until("api/v1/entries/alpha.json", '"name":"Alpha"')
    finally:
        served.close()
