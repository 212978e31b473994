"""`make bench`: what a page costs to build, for the real site and for synthetic catalogs of several sizes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from macros import sources
from tools.preview import ROOT, build_command, settings

SIZES = (100, 500, 2000, 5000)
"""Pages that the synthetic catalogs come to, about: entries and all their pairs, one page each."""
TARGET = 2.5
"""Milliseconds of processor time that a page may cost."""
COPIED = ("criteria", "ratings", "scales.yml")
PORT = 8765
PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one build took: pages, processor seconds, peak memory in MiB, size of the site in MB."""

    name: str
    pages: int
    seconds: float
    memory: float
    megabytes: float

    @property
    def milliseconds(self) -> float:
        """Return the processor time of a page, in milliseconds."""
        return 1000 * self.seconds / self.pages


def entries_for(pages: int) -> int:
    """Return how many entries make about so many pages with their pairs."""
    count = 2
    while count + count * (count - 1) // 2 < pages:
        count += 1
    return count


def synthetic(folder: Path, count: int) -> None:
    """Write a catalog of so many web frameworks, each answering every criterion, into the folder."""
    for name in COPIED:
        source = ROOT / "data" / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    found = sources.load(ROOT / "data")
    criteria = found.criteria("frameworks")
    (folder / "frameworks").mkdir()
    for number in range(count):
        facts = []
        for place, criterion in enumerate(criteria.values()):
            values = [value for value in found.scale_values(criterion) if value not in ("partial", "not-applicable")]
            value = values[(number + place) % len(values)] if values else "MIT"
            facts.append(f"      {criterion.id}: {{value: {value}, via: pkg:pypi/example, note: A note on it.}}")
        text = [
            f"name: Framework {number}",
            f"tile: {chr(65 + number // 26 % 26)}{chr(97 + number % 26)}",
            "language: Python",
            "website: https://example.org/",
            "summary: A framework that exists to measure how long a page takes.",
            "evidence:",
            "  - source: https://example.org/manual/",
            "    checked: 2026-11-20",
            "    facts:",
            *facts,
        ]
        (folder / "frameworks" / f"framework-{number}.yml").write_text("\n".join(text) + "\n", encoding="utf-8")


def measure(name: str, variables: dict[str, str], docs: Path | None = None) -> Cost:
    """Build once in a process of its own and return what that cost."""
    with tempfile.TemporaryDirectory(prefix="field-guide-bench-") as folder:
        target = Path(folder) / "site"
        print(f"  {name} …", end="", flush=True, file=sys.stderr)
        process = subprocess.Popen(
            build_command(target),
            cwd=docs or ROOT,
            env=settings(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout
        said = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{said}\nThe build of {name} failed.")
        pages = sum(1 for file in target.rglob("*.html") if not _is_redirect(file))
        octets = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    cost = Cost(
        name=name,
        pages=pages,
        seconds=usage.ru_utime + usage.ru_stime,
        memory=usage.ru_maxrss / 1024,
        megabytes=octets / 1e6,
    )
    print(f" {cost.milliseconds:.2f} ms a page", file=sys.stderr)
    return cost


def _is_redirect(file: Path) -> bool:
    """Return whether the file is the small page of a reversed pair: those are written, and not counted as pages."""
    first, joined, second = file.parent.name.partition("-vs-")
    return bool(joined) and first > second


@contextmanager
def workplace() -> Iterator[Path]:
    """Give a copy of what a build needs, with the home page alone among the hand-written ones, and no data yet."""
    with tempfile.TemporaryDirectory(prefix="field-guide-bench-") as folder:
        root = Path(folder)
        for name in ("macros", "overrides", "mkdocs.yml"):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
        shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
        (root / "docs" / "index.md").write_text("---\ntitle: Home\n---\n# Home\n", encoding="utf-8")
        text = (root / "mkdocs.yml").read_text(encoding="utf-8")
        start, end = text.index("nav:"), text.index("plugins:")
        nav = "nav:\n  - Home: index.md\n  - Frameworks: frameworks/index.md\n\n"
        (root / "mkdocs.yml").write_text(text[:start] + nav + text[end:], encoding="utf-8")
        yield root


def synthetic_costs() -> Iterator[Cost]:
    """Yield what synthetic catalogs of each size cost."""
    for size in SIZES:
        with workplace() as root:
            (root / "data").mkdir()
            count = entries_for(size)
            synthetic(root / "data", count)
            yield measure(f"{count} entries", {"FIELD_GUIDE_DATA": "data"}, root)


def seconds_to_see_an_edit() -> float:
    """Return the seconds from saving a record to the page that shows it, with `mkdocs serve`."""
    with tempfile.TemporaryDirectory(prefix="field-guide-bench-") as folder:
        root = Path(folder)
        for name in ("macros", "overrides", "docs", "data", "mkdocs.yml"):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
        command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{PORT}"]
        process = subprocess.Popen(
            command, cwd=root, env=settings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for("flask", "Flask")
            time.sleep(2)
            record = root / "data" / "frameworks" / "flask.yml"
            text = record.read_text(encoding="utf-8").replace("name: Flask\n", "name: Flask again\n", 1)
            begun = time.monotonic()
            record.write_text(text, encoding="utf-8")
            _wait_for("flask", "Flask again")
            return time.monotonic() - begun
        finally:
            process.terminate()
            process.wait()


def _wait_for(entry: str, words: str) -> None:
    """Wait until the page of the entry shows the words as its heading."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
        try:
            connection.request("GET", f"/frameworks/{entry}/")
            if f"<h1><bdi>{words}</bdi></h1>" in connection.getresponse().read().decode("utf-8", "replace"):
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    sys.exit(f"{words} was not shown within {PATIENCE:g} s")


def table(costs: list[Cost]) -> str:
    """Return the costs as a Markdown table, with the growth of a page's cost from row to row."""
    rows = ["| site | pages | CPU s | ms a page | growth | peak MiB | MB |", "|---|---:|---:|---:|---:|---:|---:|"]
    for place, cost in enumerate(costs):
        growth = f"× {cost.milliseconds / costs[place - 1].milliseconds:.2f}" if place > 1 else ""
        rows.append(
            f"| {cost.name} | {cost.pages:,} | {cost.seconds:.1f} | {cost.milliseconds:.2f} | {growth} "
            f"| {cost.memory:.0f} | {cost.megabytes:.1f} |"
        )
    return "\n".join(rows)


def main() -> int:
    """Measure, print the table, and return 0."""
    print("Building, each in a process of its own:", file=sys.stderr)
    costs = [measure("the real site", {}), *synthetic_costs()]
    print(table(costs))
    print(f"\nTarget: at most {TARGET} ms of CPU a page, and linear.")
    print(f"From saving a record to its page in `make serve`: {seconds_to_see_an_edit():.1f} s (target 2 s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
