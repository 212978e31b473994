"""Runs the Nu HTML checker over every page of the built site: `make validate`. It needs Java."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import npm, preview

VERSION = "26.9.27"
EXPLAINED = {
    "Attribute “autocomplete” is only allowed when the input type is": (
        "The theme's own checkboxes, which its script needs; the attribute keeps Firefox from restoring an open menu."
    ),
}
"""What the checker says and we leave, by the beginning of its sentence, with the reason."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the checker says of one place."""

    page: str
    line: int
    kind: str
    message: str
    extract: str

    @property
    def explained(self) -> str | None:
        """Return the beginning of the sentence that is explained, if this is one."""
        return next((start for start in EXPLAINED if self.message.startswith(start)), None)


def check(site: Path) -> list[Finding]:
    """Return everything that the checker says of the site."""
    java = npm.needed("java", "the Nu HTML checker")
    jar = Path(npm.package("vnu-jar", VERSION)) / "build" / "dist" / "vnu.jar"
    command = [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--skip-non-html", "--stdout", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        sys.exit(f"The checker did not answer:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return [
        Finding(
            message.get("url", "").partition(f"{site.name}/")[2],
            message.get("lastLine", 0),
            message.get("subType", message["type"]),
            message["message"],
            " ".join(message.get("extract", "").split()),
        )
        for message in messages
    ]


def summary(findings: list[Finding]) -> Iterator[str]:
    """Yield a line for each sort of finding: how often, and where first."""
    sorts: dict[str, list[Finding]] = {}
    for finding in findings:
        sorts.setdefault(re.sub("“[^”]*”", "“…”", finding.message), []).append(finding)
    for found in sorted(sorts.values(), key=len, reverse=True):
        first = found[0]
        yield f"{len(found)} × {first.kind}: {first.message}\n    first in {first.page}:{first.line}: {first.extract}"


def main() -> int:
    """Build the site, check it, and return 1 if there is anything that is not explained."""
    with preview.built() as site:
        pages = sum(1 for _ in site.rglob("*.html"))
        print(f"Checking {pages} pages …", flush=True)
        findings = check(site)
    for start, reason in EXPLAINED.items():
        count = sum(finding.explained == start for finding in findings)
        if not count:
            print(f"The explanation of “{start} …” is no longer needed. Remove it from tools/validate.py.")
            return 1
        print(f"{count} × {start} …\n    {reason}")
    left = [finding for finding in findings if not finding.explained]
    print("\n".join(summary(left)))
    print(f"{pages} pages, {len(left)} errors and warnings.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
