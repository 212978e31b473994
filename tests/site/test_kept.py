"""What an earlier build kept changes no byte, whatever was edited since, and however it was damaged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from macros.code import applications
from tests.conftest import build
from tests.site.test_builds import digests

EDITS = {
    "data/frameworks/flask.yml": ("summary: ", "summary: Edited. "),
    "data/criteria/frameworks.yml": ("name: ", "name: Edited "),
    "data/glossary.yml": ("meaning: ", "meaning: Edited. "),
    "lab/apps/fastapi/README.md": ("# ", "# Edited "),
    "docs/method.md": ("## ", "Edited.\n\n## "),
    "macros/rendering/templates/entry.html": ("<h1>", "<h1>Edited "),
    "overrides/main.html": ("<p>", "<p>Edited "),
}
"""A change in each sort of file that a site depends on: in the fewest pages, in some, in all."""


def edit(repository: Path, name: str) -> None:
    file, (before, after) = repository / name, EDITS[name]
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def differing(one: Path, other: Path) -> list[str]:
    first, second = digests(one), digests(other)
    return [name for name in sorted(first.keys() | second.keys()) if first.get(name) != second.get(name)]


def run_again(repository: Path, name: str) -> None:
    """Write the digest of an application's files into its results on both databases, as runs of the suite do."""
    digest_now = applications.digest(repository / "lab" / "apps" / name)
    for result in (repository / "data" / "measured").glob(f"books*/{name}.json"):
        data = json.loads(result.read_text(encoding="utf-8")) | {"files": digest_now}
        result.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.long
def test_after_edits_of_every_sort_the_site_is_that_of_an_empty_cache(built, repository, tmp_path, epoch):
    for name in EDITS:
        edit(repository, name)
    run_again(repository, "fastapi")
    build(tmp_path / "again", repository, SOURCE_DATE_EPOCH=epoch)
    build(tmp_path / "anew", repository, SOURCE_DATE_EPOCH=epoch, FIELD_GUIDE_CACHE="")
    assert differing(tmp_path / "again", tmp_path / "anew") == []
    assert len(differing(built, tmp_path / "again")) > len(EDITS)


@pytest.mark.long
def test_damaged_entries_are_missing_entries(built, shared, tmp_path, epoch):
    drafts = shutil.ignore_patterns("*.*")  # what a build of another worker is writing
    kept = Path(shutil.copytree(shared / "kept", tmp_path / "kept", ignore=drafts))
    entries = sorted(file for file in kept.rglob("*") if file.is_file())
    for number, file in enumerate(entries):
        content = file.read_bytes()
        damaged = (content[: len(content) // 2], content[:-1] + b"?", b"", entries[number - 1].read_bytes())
        file.write_bytes(damaged[number % len(damaged)])
    build(tmp_path / "again", SOURCE_DATE_EPOCH=epoch, FIELD_GUIDE_CACHE=str(kept))
    assert differing(built, tmp_path / "again") == []
