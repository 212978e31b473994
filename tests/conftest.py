"""What the tests of the built site and of the browser share: sites built once for all workers, and served."""

from __future__ import annotations

import fcntl
import gc
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from macros.catalog.model import Catalog
from macros.checks.load import load
from macros.reading.folders import Folders
from tools import preview

PREFIX = "/field-guide/"
SITE_URL = f"https://example.org{PREFIX}"
REPO_URL = "https://github.com/example/field-guide"
NAME = """R&D "Quick" 'n' Go"""
SUMMARY = """Fast & "free", isn't it? \u05e9\u05dc\u05d5\u05dd"""
NOTE = """<b onclick="x">b</b> & "q" {{ 7 * 7 }} {% raw %} `tick` a|b \u05e9\u05dc\u05d5\u05dd <!--field-guide:1-->"""
"""A name, a summary and a note with every character that could do harm."""

Make = Callable[[Path], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests first that take longest, so that no worker begins one when the others have nothing left to do.

    So are those that make what many others need: else all workers come to it at once, and all but one wait.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Keep what has been imported away from the garbage collector, which finds nothing in it."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured, from whichever worker."""
    reports = [report for found in terminalreporter.stats.values() for report in found if hasattr(report, "when")]
    for name, value in (found for report in reports if report.when == "call" for found in report.user_properties):
        terminalreporter.write_line(f"measured: {name}: {value}")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session", autouse=True)
def kept(shared: Path) -> None:
    """Let all builds of this run keep their results in one place, and none in the repository."""
    os.environ["FIELD_GUIDE_CACHE"] = str(shared / "kept")


@pytest.fixture(scope="session")
def once(shared: Path) -> Callable[[str, Make], Path]:
    """Return a function that has a file or folder made by the first worker that asks; the others wait for it."""

    def make_once(name: str, make: Make) -> Path:
        target, half = shared / name, shared / f"{name}.half"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not target.exists():
                make(half)
                half.rename(target)
        return target

    return make_once


@pytest.fixture(scope="session")
def epoch(once: Callable[[str, Make], Path]) -> str:
    """Return the start of this day, the same for every build of the run."""
    moment = int(time.time()) // 86400 * 86400
    return once("epoch", lambda path: path.write_text(str(moment)) and None).read_text()


def build(target: Path, root: Path = preview.ROOT, **given: str) -> None:
    """Build a site that must be in order."""
    done = preview.build(target, root, **given)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def built(once: Callable[[str, Make], Path], epoch: str) -> Path:
    """Return the site as `make build` makes it, knowing neither its address nor its repository."""
    return once("built", lambda target: build(target, SOURCE_DATE_EPOCH=epoch))


@pytest.fixture(scope="session")
def published(once: Callable[[str, Make], Path], epoch: str) -> Path:
    """Return the site as it is published: below a path of a host, with its repository."""
    return once(
        "published",
        lambda target: build(target, SOURCE_DATE_EPOCH=epoch, SITE_URL=SITE_URL, REPO_URL=REPO_URL),
    )


@pytest.fixture(scope="session")
def at_root(built: Path) -> Iterator[str]:
    """Serve the built site at the root of a host."""
    with preview.served(built) as address:
        yield address


@pytest.fixture(scope="session")
def at_prefix(published: Path) -> Iterator[str]:
    """Serve the published site below its path; outside that path there is nothing."""
    with preview.served(published, PREFIX) as address:
        yield address


@pytest.fixture(scope="session")
def real() -> Catalog:
    """Return the catalog of the real data: what the pages show is counted from it."""
    return load(Folders.of(preview.ROOT), datetime.now(UTC).date())


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a copy of the repository that a test may change."""
    preview.copy_repository(tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture(scope="session")
def awkward(once: Callable[[str, Make], Path], epoch: str) -> Path:
    """Return a site in which an entry has a name, a summary and notes with every character that could do harm.

    It also has the entries of tests/unit/additions/, each of them one file.
    """
    return once("awkward", lambda target: build_awkward(target, epoch))


def build_awkward(target: Path, epoch: str) -> None:
    """Build it from a copy of the data."""
    data = target.with_name("awkward-data") / "data"
    shutil.copytree(preview.ROOT / "data", data, dirs_exist_ok=True)
    shutil.copytree(preview.ROOT / "tests" / "unit" / "additions", data, dirs_exist_ok=True)
    record = data / "frameworks" / "flask.yml"
    lines = record.read_text(encoding="utf-8").splitlines()
    changed = {"name: ": NAME, "summary: ": SUMMARY}
    for index, line in enumerate(lines):
        for key, text in changed.items():
            if line.startswith(key):
                lines[index] = key + json.dumps(text, ensure_ascii=False)
        if line.strip().startswith("note: ") and line.startswith("        "):
            lines[index] = line.split("note: ")[0] + "note: " + json.dumps(NOTE, ensure_ascii=False)
    record.write_text("\n".join(lines) + "\n", encoding="utf-8")
    build(target, SOURCE_DATE_EPOCH=epoch, FIELD_GUIDE_DATA=str(data))
