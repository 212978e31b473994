"""From saving a file to seeing it on its page, under `mkdocs serve`."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from tools import preview
from tools.bench.processes import say

_POLL = re.compile(r"livereload\((\d+), (\d+)\)")
"""What MkDocs puts into every page: the moment of the build that it is from, and the number of the request."""


SETTLED = 0.5
"""Seconds between two edits, in which the server takes note that the last one has been dealt with."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A file to edit: the place in it that is written anew, and the page on which that shows."""

    name: str
    file: str
    place: str
    url: str


RECORD = "a record"
SORTS = (
    Sort(RECORD, "data/frameworks/flask.yml", "summary: ", "frameworks/flask/"),
    Sort("a hand-written page", "docs/method.md", "\n## ", "method/"),
    Sort("a template", "macros/rendering/templates/entry.html", "<h1>", "frameworks/flask/"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Median seconds from saving a file to its page: asked for at once, and in a browser that reloads by itself."""

    name: str
    asked: float
    reloaded: float


def seconds_to_page(folder: Path, edits: int, sorts: tuple[Sort, ...] = SORTS) -> list[Seen]:
    """Serve a copy of the repository, edit each sort of file so many times in either way, and return the medians."""
    repository = folder / "repository"
    preview.copy_repository(repository)
    server = preview.LiveServer(repository, folder / "serve.log")
    try:
        for url in {sort.url for sort in sorts}:
            server.until(url, "<h1>", seconds=300)
        return [_seen(server, repository, sort, edits) for sort in sorts]
    finally:
        server.close()


def _seen(server: preview.LiveServer, repository: Path, sort: Sort, edits: int) -> Seen:
    file = repository / sort.file
    text = file.read_text(encoding="utf-8")
    times: Mapping[str, list[float]] = {"asked for": [], "reloaded": []}
    for number in range(1, edits + 1):
        for way, found in times.items():
            mark = f"Edit {number}, {way}."
            poll = _POLL.search(server.page(sort.url))
            content = edited(text, sort.place, mark)
            begin = time.monotonic()
            file.write_text(content, encoding="utf-8")
            if way == "reloaded" and poll:
                _wait_for_reload(server, poll[1], poll[2])
            server.until(sort.url, mark)
            found.append(time.monotonic() - begin)
            say(f"  {sort.name}, edit {number} of {edits}, {way}: {found[-1]:.2f} s")
            time.sleep(SETTLED)
    return Seen(sort.name, median(times["asked for"]), median(times["reloaded"]))


def edited(text: str, place: str, mark: str) -> str:
    """Return the text with a sentence at its first such place: in front of a heading, behind anything else."""
    before, after = text.split(place, 1)
    return f"{before}\n{mark}\n{place}{after}" if place.startswith("\n") else f"{before}{place}{mark} {after}"


def _wait_for_reload(server: preview.LiveServer, epoch: str, request: str) -> None:
    """Wait as the script of MkDocs does in the browser: the server answers when there is something new."""
    with urlopen(f"http://{server.address}/livereload/{epoch}/{request}", timeout=90) as answer:
        answer.read()
