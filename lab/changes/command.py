"""`python -m lab changes`: how the measurements in the working tree differ from those of HEAD, in words."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lab.core.paths import ROOT

REPORTED = {
    "registry": ("latest.version", "licence.expression", "requires-python", "dependencies.direct", "vulnerabilities"),
    "smoke": ("newest-python",),
    "footprint": ("first-response.median", "idle-pss.median"),
    "type-coverage": ("share", "marker-added"),
}
"""What is reported about each folder of data/measured/; about probes, Books and demonstrations, every answer."""


def all_changes() -> Iterator[str]:
    """Yield a line of Markdown for everything that changed, by file."""
    listed = _git("diff", "--name-only", "HEAD", "--", "data/measured").splitlines()
    listed += _git("ls-files", "--others", "--exclude-standard", "--", "data/measured").splitlines()
    for name in sorted(set(listed)):
        if name.endswith(".json"):
            old, new = _json(_git("show", f"HEAD:{name}", check=False)), _json(_text(ROOT / name))
            yield from file_changes(Path(name), old, new)


def file_changes(file: Path, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield what changed in one file; `old` or `new` is None if there is no such file."""
    subject = f"{file.parent.name} of {file.stem}"
    if old is None or new is None:
        yield f"- {subject}: {'new' if old is None else 'removed'}"
        return
    if file.name == "blocks.json":
        yield from _block_changes(old, new)
    if file.parent.name == "probes":
        yield from _probe_changes(file.stem, old, new)
    if file.parent.name == "citations":
        yield from _citation_changes(file.stem, old, new)
    if file.parent.name in ("books", "books-postgresql"):
        on = " on PostgreSQL" if file.parent.name.endswith("postgresql") else ""
        yield from _item_changes(f"Books in {file.stem}{on}", old, new)
    if file.parent.name == "demonstrations":
        yield from _demonstration_changes(file.stem, old, new)
    for path in REPORTED.get(file.parent.name, ()):
        before, after = _at(old, path), _at(new, path)
        if before != after:
            yield f"- {subject}: {path} was {_word(before)}, now {_word(after)}"


def _probe_changes(setup: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*old.get("probes", {}), *new.get("probes", {})}):
        before, after = (data.get("probes", {}).get(name, {}).get("answer") for data in (old, new))
        if before != after:
            yield f"- probes of {setup}: {name} answered {_word(before)}, now {_word(after)}"


def _demonstration_changes(entry: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*old.get("functions", {}), *new.get("functions", {})}):
        before, after = (data.get("functions", {}).get(name, {}) for data in (old, new))
        if before.get("outcome") != after.get("outcome"):
            why = f" ({after['message']})" if after.get("message") else ""
            ends = _word(before.get("outcome")), _word(after.get("outcome"))
            yield f"- demonstrations of {entry}: {name} was {ends[0]}, now {ends[1]}{why}"


def _item_changes(subject: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*old.get("items", {}), *new.get("items", {})}):
        before, after = (data.get("items", {}).get(name, {}) for data in (old, new))
        if before.get("outcome") != after.get("outcome"):
            reason = f" ({after['reason']})" if after.get("reason") else ""
            ends = _word(before.get("outcome")), _word(after.get("outcome"))
            yield f"- {subject}: {name} was {ends[0]}, now {ends[1]}{reason}"


def _citation_changes(entry: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Yield the passages whose words have gone, come back or changed, and the absences that are none any more."""
    before = {(one["source"], one["at"]): one for one in old.get("passages", ())}
    for one in new.get("passages", ()):
        known = before.get((one["source"], one["at"]), {})
        ends = known.get("status"), one["status"]
        if known and ends[0] != ends[1]:
            yield f"- words of {entry}: “{one['at']}” was {ends[0]}, now {ends[1]}"
        elif known.get("digest") and one.get("digest") != known["digest"]:
            yield f"- words of {entry}: the passage “{one['at']}” has changed"
    counts = {one["criterion"]: one["words"] for one in old.get("absences", ())}
    for one in new.get("absences", ()):
        if counts.get(one["criterion"], one["words"]) != one["words"]:
            ends = _word(counts[one["criterion"]]), _word(one["words"])
            yield f"- absence of {entry}: {one['criterion']} counted {ends[0]}, now {ends[1]}"


def _block_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*old["blocks"], *new["blocks"]}):
        before, after = (data["blocks"].get(name) for data in (old, new))
        for way in ("alone", "context"):
            ends = [_word(_at(block, f"{way}.ended")) for block in (before, after)]
            if ends[0] != ends[1]:
                yield f"- {name}, {way}: ended with {ends[0]}, now with {ends[1]}"
        failed = [test["name"] for test in (after or {}).get("tests", ()) if test["error"]]
        if failed:
            yield f"- {name}, current form: these tests fail: {', '.join(failed)}"


def _at(data: Any, path: str) -> Any:
    for step in path.split("."):
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _word(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _json(text: str) -> Mapping[str, Any] | None:
    return dict(json.loads(text)) if text.strip() else None


def _git(*arguments: str, check: bool = True) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=check)  # noqa: S607
    return done.stdout if done.returncode == 0 else ""


def main(arguments: list[str]) -> int:
    """Print what changed, if anything did; return 0."""
    argparse.ArgumentParser(prog="python -m lab changes", description=__doc__).parse_args(arguments)
    lines = list(all_changes())
    sys.stdout.write("\n".join(lines or ["Nothing that the site shows has changed."]) + "\n")
    return 0
