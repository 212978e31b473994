"""What the weekly workflow does around the lab. It needs no package: the job that may write runs nobody else's code.

`python3 tools/evidence.py report LOGS` says what changed and which steps failed, and how; `… failed` ends with 1 if any
did; `… accept FOLDER` takes over what another job measured, if it is nothing but measurements and locks.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = (
    r"data/measured/[a-z0-9-]+\.(json|yml)",
    r"data/measured/[a-z0-9-]+/[a-z0-9-]+\.json",
    r"lab/probes/setups/[a-z0-9-]+\.txt",
    r"lab/probes/setups/[a-z0-9-]+/package(-lock)?\.json",
    r"lab/blocks/locks/[a-z0-9-]+\.txt",
    r"lab/demonstrate/locks/[a-z0-9-]+\.txt",
    r"lab/demonstrate/locks/[a-z0-9-]+/package(-lock)?\.json",
    r"lab/apps/[a-z0-9-]+/(requirements\.in|requirements\.txt|package\.json|package-lock\.json)",
)
"""What the weekly pull request may change: measurements and locks."""
USAGE = """python3 tools/evidence.py report LOGS
python3 tools/evidence.py failed
python3 tools/evidence.py accept FOLDER
"""
MOST_BYTES = 5_000_000
"""Of one file."""
LINES, WIDTH, LENGTH = 20, 300, 25_000
"""Lines of the log that are shown of a step that failed, and characters of a line and of a whole text."""
WHOLE = {"changes": "What the lab found that it did not find a week ago", "check": "What `make check` says"}
"""Steps whose output is shown as it is, by its heading."""


def outcomes() -> dict[str, str]:
    """Return the outcome of every step that has an id: what the runner put into STEPS."""
    return {name: step["outcome"] for name, step in json.loads(os.environ["STEPS"]).items()}


def report(found: Mapping[str, str], logs: Path) -> str:
    """Return Markdown: what changed, the outcome of each step, and the end of the logs of those that failed.

    What stands in a log may be the words of a package, so that all of it is shown as code: nobody is mentioned, no
    issue is closed.
    """
    failed = [name for name, outcome in found.items() if outcome != "success" and name not in WHOLE]
    whole = {name: (_text(logs / f"{name}.txt") or "Nothing.")[:LENGTH] for name in WHOLE}
    parts = [f"## {WHOLE[name]}\n\n{fenced(text)}" for name, text in whole.items()]
    table = ["| step | outcome |", "|---|---|", *(f"| {name} | {outcome} |" for name, outcome in found.items())]
    parts.append("## Steps\n\n" + "\n".join(table))
    parts += [f"### {name}\n\n{fenced(_end(logs / f'{name}.txt') or 'It left no log.')}" for name in failed]
    return "\n\n".join(parts) + "\n"


def _text(log: Path) -> str:
    """Return a log, of a progress bar what it showed last; nothing if there is no log."""
    if not log.is_file():
        return ""
    text = log.read_bytes().decode(errors="replace").replace("\r\n", "\n")
    lines = (line.rpartition("\r")[2].rstrip()[:WIDTH] for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def _end(log: Path) -> str:
    return "\n".join(_text(log).splitlines()[-LINES:])


def fenced(text: str) -> str:
    """Return the text as a block of code, whatever backticks it has."""
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def allowed(name: str) -> bool:
    """Return whether a file of this name, from the root of the repository, is a measurement or a lock."""
    return any(re.fullmatch(pattern, name) for pattern in ALLOWED)


def refused(folder: Path) -> Iterator[str]:
    """Yield a sentence for everything in the folder that is neither a measurement nor a lock."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink():
            yield f"{name} is a symbolic link."
        elif file.is_dir():
            continue
        elif not file.is_file():
            yield f"{name} is not a regular file."
        elif not allowed(name):
            yield f"{name} is neither a measurement nor a lock."
        elif file.stat().st_size > MOST_BYTES:
            yield f"{name} has more than {MOST_BYTES} bytes."


def accept(folder: Path, root: Path) -> list[str]:
    """Copy the measurements and locks of the folder into the repository; return why not, and copy nothing then."""
    reasons = list(refused(folder))
    if not reasons:
        for file in filter(Path.is_file, folder.rglob("*")):
            target = root / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return reasons


def main(arguments: list[str]) -> int:
    """Return 0; 1 where a step failed or a file was refused; 2 for a wrong call."""
    match arguments:
        case ["report", logs]:
            print(report(outcomes(), Path(logs)))
            return 0
        case ["failed"]:
            failed = [name for name, outcome in outcomes().items() if outcome != "success"]
            print(f"Failed: {', '.join(failed)}" if failed else "Every step succeeded.")
            return 1 if failed else 0
        case ["accept", folder]:
            reasons = accept(Path(folder), ROOT)
            sys.stderr.write("".join(f"{reason}\n" for reason in reasons))
            return 1 if reasons else 0
    sys.stderr.write(USAGE)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
