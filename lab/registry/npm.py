"""npm: what `npm view`, an install and `npm audit` answer, and the reading that is made from them.

The registry's dates can be a mirror's, so none is published. A release is dated by its tag in a copy of the package's
repository, if one was given.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from packaging.version import Version

from lab.core.errors import LabError, last_line
from lab.core.paths import CACHE
from lab.core.python import bytes_in
from lab.core.tools import run
from lab.registry.licences import expression
from lab.registry.releases import CADENCE_FIELDS, cadence, utc_day, window_start
from macros.schema.fields import package_name
from macros.schema.measured.registry import NodeReading

FINAL = re.compile(r"^\d+\.\d+\.\d+$")
TAG = re.compile(r"^v?(\d+\.\d+\.\d+)$")
CHANGELOG = "History.md"
HEADING = re.compile(r"^(\d+\.\d+\.\d+) / (\d{4}-\d\d-\d\d)\s*$", re.MULTILINE)
NEAR = timedelta(days=7)
TIMEOUT = 240


def fetch(package: str) -> dict[str, Any]:
    """Return the raw answers for a package URL: of the registry, of an install and of the audit.

    Raises LabError if one of them is not available.
    """
    answer = fetch_releases(package)
    return {**answer, **_install(package_name(package), answer["view"]["dist-tags"]["latest"])}


def fetch_releases(package: str) -> dict[str, Any]:
    """Return the raw answer of the registry alone."""
    view: dict[str, Any] = json.loads(run(["npm", "view", package_name(package), "--json"], seconds=TIMEOUT))
    return {"view": view}


def _install(name: str, version: str) -> dict[str, Any]:
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="install-") as given:
        folder, modules = Path(given), Path(given) / "node_modules"
        (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        asked = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", f"{name}@{version}"]
        run(asked, cwd=folder, seconds=TIMEOUT)
        lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
        own = modules / name
        hidden = modules / ".package-lock.json"
        return {
            "on": f"Node.js {run(['node', '--version']).strip()}, npm {run(['npm', '--version']).strip()}",
            "install": " ".join(asked),
            "locked": {path: {"version": item["version"]} for path, item in lock["packages"].items() if path},
            "bytes": {
                "alone": bytes_in(own) - (bytes_in(own / "node_modules") if (own / "node_modules").is_dir() else 0),
                "with-dependencies": bytes_in(modules) - (hidden.stat().st_size if hidden.is_file() else 0),
            },
            "types": _types(own),
            "audit": _audit(folder),
        }


def _types(folder: Path) -> str | None:
    """Return the declaration file of a package: the one that it names, or the topmost one; None if there is none."""
    described = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    named = described.get("types") or described.get("typings")
    if named and (folder / named).is_file():
        return str(Path(named))
    found = [file.relative_to(folder) for file in folder.rglob("*.d.ts")]
    own = [file for file in found if "node_modules" not in file.parts]
    return str(min(own, key=lambda file: (len(file.parts), file))) if own else None


def _audit(folder: Path) -> dict[str, Any]:
    """Return what `npm audit` prints; its exit status only says whether it found something."""
    try:
        done = subprocess.run(
            ["npm", "audit", "--json"],  # noqa: S607
            cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=False,
        )  # fmt: skip
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"message": f"nothing in {TIMEOUT} s"}
    except ValueError:
        return {"message": last_line(done.stderr) or f"exit status {done.returncode}"}
    return answer


def tags(repository: Path, source: str) -> dict[str, Any]:
    """Return the day of each release in a local copy of a repository, with its public address and its commit.

    The day is that of the tag, or the one in the changelog if the two are near each other. If they are not, one of
    them is wrong, and the release is left out.
    """
    git = ["git", "-C", str(repository)]
    lines = run([*git, "for-each-ref", "refs/tags", "--format=%(refname:short) %(creatordate:unix)"]).splitlines()
    found = [line.rsplit(" ", 1) for line in lines]
    tagged = {match[1]: (tag, _unix_day(seconds)) for tag, seconds in found if (match := TAG.match(tag))}
    if not tagged:
        raise LabError(f"{repository} has no tags of releases")
    newest = {version.split(".")[0]: tagged[version][0] for version in sorted(tagged, key=Version)}
    stated = _changelog(git, ["HEAD", *newest.values()])
    days = {version: stated.get(version, day) for version, (_, day) in tagged.items()}
    near = {version: day.isoformat() for version, day in days.items() if abs(day - tagged[version][1]) <= NEAR}
    return {"source": source, "commit": run([*git, "rev-parse", "HEAD"]).strip(), "days": near}


def _changelog(git: Sequence[str], revisions: Sequence[str]) -> dict[str, date]:
    """Return the day of each release in History.md, in any of the revisions; nothing if there is no such file."""
    listed = run([*git, "ls-tree", "--name-only", "HEAD"]).split()
    texts = [run([*git, "show", f"{revision}:{CHANGELOG}"]) for revision in revisions if CHANGELOG in listed]
    return {version: date.fromisoformat(day) for text in texts for version, day in HEADING.findall(text)}


def _unix_day(seconds: str) -> date:
    return datetime.fromtimestamp(int(seconds), UTC).date()


def read(raw: Mapping[str, Any], entry: str, package: str) -> NodeReading:
    """Return the reading of the raw answers; raise pydantic's ValidationError if their form is unknown."""
    view, name = raw["view"], package_name(package)
    reasons: dict[str, str] = {}
    engines = view.get("engines") or None
    if engines is None:
        reasons["engines"] = "the newest file's package.json states none"
    if not raw["types"]:
        reasons["typed.file"] = f"{name} {view['dist-tags']['latest']} brings no .d.ts file"
    data = {
        "entry": entry,
        "ecosystem": "npm",
        "package": package,
        "moment": raw["read"],
        "command": f"python -m lab registry {f'--tags {entry}=FOLDER ' if raw.get('tags') else ''}{entry}",
        "engines": engines,
        "licence": _licence(view.get("license"), reasons),
        "typed": {"marker": bool(raw["types"]), "file": raw["types"]},
        "vulnerabilities": _vulnerabilities(raw["audit"], name, reasons),
        "installed": {"runtime": raw["on"], "command": raw["install"]},
        "dependencies": _dependencies(raw["locked"], view, name),
        "installed-size": raw["bytes"],
        **releases(raw, reasons),
        "not-available": reasons,
    }
    return NodeReading.model_validate(data, by_name=False)


def releases(raw: Mapping[str, Any], reasons: dict[str, str]) -> dict[str, Any]:
    """Return what the registry's answer says of the releases; the reasons for what is null are added."""
    latest, listed = raw["view"]["dist-tags"]["latest"], raw["view"]["versions"]
    versions = [version for version in ([listed] if isinstance(listed, str) else listed) if FINAL.match(version)]
    reasons["yanked"] = "npm has no withdrawn releases: unpublished ones leave no trace in its answer"
    given = raw.get("tags") or {}
    tagged = given.get("days", {})
    days = {version: date.fromisoformat(tagged[version]) for version in versions if version in tagged}
    first = min(versions, key=Version)
    undated = "the registry's date may be a mirror's, and no tag or changelog that confirms it was read"
    reasons |= {
        field: undated
        for field, known in (
            ("dates-from", bool(days)),
            ("latest.released", latest in days),
            ("first-release", first in days),
        )
        if not known
    }
    return {
        "yanked": None,
        "dates-from": f"the tags and changelog of {given['source']} at commit {given['commit'][:12]}" if days else None,
        "latest": {"version": latest, "released": days.get(latest)},
        "first-release": days.get(first),
        "releases": sorted(((day, version) for version, day in days.items()), key=lambda r: (r[0], Version(r[1]))),
        **_cadence(versions, days, utc_day(raw["read"]), reasons),
    }


def _cadence(
    versions: Sequence[str], days: Mapping[str, date], today: date, reasons: dict[str, str]
) -> dict[str, int | None]:
    """Return the figures of the last 24 months, null unless every version that may fall into them is dated."""
    inside = [version for version, day in days.items() if day >= window_start(today)]
    lowest = min(inside or days, key=Version, default=None)
    undated = [
        version for version in versions if version not in days and (not lowest or Version(version) > Version(lowest))
    ]
    if days and not undated:
        return cadence(list(days.values()), today).fields()
    shown = ", ".join(sorted(undated, key=Version)[-5:])
    reasons |= dict.fromkeys(CADENCE_FIELDS, f"{len(undated)} releases have no confirmed date, the newest: {shown}")
    return dict.fromkeys(CADENCE_FIELDS)


def _licence(stated: Any, reasons: dict[str, str]) -> dict[str, str | None]:
    found = expression(stated) if isinstance(stated, str) else None
    if found is None:
        reasons["licence.expression"] = reasons["licence.read-from"] = "package.json states no SPDX expression"
        return {"expression": None, "read-from": None}
    return {"expression": found, "read-from": "the field license of package.json"}


def _vulnerabilities(
    audit: Mapping[str, Any], name: str, reasons: dict[str, str]
) -> list[dict[str, str | list[str]]] | None:
    """Return the advisories that name the package itself, by the last part of their address."""
    if "auditReportVersion" not in audit:
        said = audit.get("statusCode") or last_line(audit.get("message") or "nothing")
        reasons["vulnerabilities"] = f"npm audit was answered with {said}"
        return None
    named = audit["vulnerabilities"].get(name, {}).get("via", [])
    found = {item["url"].rsplit("/", 1)[-1] for item in named if isinstance(item, dict) and item["name"] == name}
    return [{"id": advisory, "aliases": []} for advisory in sorted(found)]


def _dependencies(locked: Mapping[str, Any], view: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what npm installed besides the package. Peers that are not optional are installed and count as direct."""
    others = sorted({path.rpartition("node_modules/")[2] for path in locked} - {name})
    optional = {peer for peer, meta in view.get("peerDependenciesMeta", {}).items() if meta.get("optional")}
    wanted = {*view.get("dependencies", {}), *view.get("peerDependencies", {})} - optional
    named = sorted(wanted & set(others))
    return {"direct": named, "transitive": len(others) - len(named), "all": others}
