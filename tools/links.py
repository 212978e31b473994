"""The links of the records and the pages: `python3 tools/links.py list`, and `… report FILE` of what lychee found.

Both need no package. lychee opens the links; `make links` runs all of it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("data", "docs")
SUFFIXES = (".yml", ".md")
MEASURED = "data/measured"
"""Left out: its addresses are those of registries and of what was read, not sources that a record names."""
ADDRESS = re.compile(r"https://[^\s\"'<>`|{}\\]+")
TRAILING = ".,;:!?*_"

Places = dict[str, list[str]]
"""Addresses, each with where it is written: `data/frameworks/flask.yml:12`."""


def links(root: Path) -> Places:
    """Return every https address of the records and the pages, in order."""
    found: Places = {}
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            name = file.relative_to(root).as_posix()
            if file.suffix not in SUFFIXES or name.startswith(f"{MEASURED}/"):
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                for address in map(trimmed, ADDRESS.findall(line)):
                    found.setdefault(address, []).append(f"{name}:{number}")
    return dict(sorted(found.items()))


def trimmed(address: str) -> str:
    """Return the address without what belongs to the sentence around it: `(https://a.org/b_(c)).`."""
    while True:
        shorter = address.rstrip(TRAILING)
        for opening, closing in ("()", "[]"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


def report(answer: Mapping[str, Any], places: Mapping[str, Iterable[str]]) -> str:
    """Return Markdown: each link that does not answer, why, and where it is written; nothing if all of them do."""
    failures = [*_failures(answer.get("error_map", {})), *_failures(answer.get("timeout_map", {}))]
    if not failures:
        return ""
    lines = [f"{len(failures)} of {answer['total']} links did not answer when they were opened this week.", ""]
    for address, reason in sorted(failures):
        written = ", ".join(f"`{place}`" for place in places.get(address, ()))
        lines.append(f"- [ ] {address} ({reason})" + (f" in {written}" if written else ""))
    return "\n".join([*lines, "", "Read the page that replaced it and correct the facts, or remove them.", ""])


def _failures(found: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[tuple[str, str]]:
    return [
        (link["url"], " ".join(str(link["status"].get("details") or link["status"]["text"]).split()))
        for answers in found.values()
        for link in answers
    ]


def main(arguments: list[str]) -> int:
    """Print the links, or the report; return 2 for a wrong call."""
    places = links(ROOT)
    if arguments == ["list"]:
        print("\n".join(places))
        return 0
    if len(arguments) == 2 and arguments[0] == "report":
        print(report(json.loads(Path(arguments[1]).read_text(encoding="utf-8")), places), end="")
        return 0
    sys.stderr.write("python3 tools/links.py list\npython3 tools/links.py report FILE\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
