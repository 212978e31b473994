"""PyPI: the index's answer, a real install, and the reading that is made from them.

`fetch` asks and installs; `read` only looks at what `fetch` returned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from packaging.metadata import parse_email
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from lab.core.errors import LabError
from lab.core.index import index
from lab.registry.installs import install
from lab.registry.licences import licence
from lab.registry.releases import cadence, utc_day
from macros.schema.fields import package_name
from macros.schema.measured.registry import PythonReading

CONTROL = "pkg:pypi/pycrypto"
"""A package whose latest version has known vulnerabilities. An index that names none for it names none at all."""
OWN_SIGN = "downloads"
"""A field of every file in the index's own answer. Files that a mirror added to an older answer lack it."""
STATUS = "Development Status :: "
PYTHON = "Programming Language :: Python :: "


def fetch(package: str) -> dict[str, Any]:
    """Return the raw answers: of the index, of a real install, and of the control.

    Raises LabError or a requests exception if one of them is not available.
    """
    answer = index(package)
    latest = Releases(answer).latest
    newest = max(answer["releases"][latest], key=lambda file: str(file["upload_time_iso_8601"]))
    installed = install(package_name(package), latest, newest["requires_python"] or "")
    return {"index": answer, "install": installed, "control": control()}


def fetch_releases(package: str) -> dict[str, Any]:
    """Return the raw answer of the index alone."""
    return {"index": index(package)}


@cache
def control() -> dict[str, Any]:
    """Return how many vulnerabilities the index names for a package that has some."""
    answer = index(CONTROL)
    shown = f"{package_name(CONTROL)} {answer['info']['version']}"
    return {"package": shown, "vulnerabilities": len(answer["vulnerabilities"])}


class Releases:
    """The releases in an index's answer: final ones and withdrawn ones.

    A release without files is left out, and so is one whose version no longer counts as one.
    """

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.final: dict[str, str] = {}
        self.yanked: dict[str, tuple[str, str]] = {}
        for text, files in answer["releases"].items():
            version = _version(text)
            if version is None or not files:
                continue
            moment = min(file["upload_time_iso_8601"] for file in files)
            if all(file["yanked"] for file in files):
                self.yanked[text] = (moment, next((file["yanked_reason"] or "" for file in files), ""))
            elif not version.is_prerelease:
                self.final[text] = moment

    @property
    def latest(self) -> str:
        """Return the highest final version; raise LabError if there is none."""
        if not self.final:
            raise LabError("the index knows no final release")
        return max(self.final, key=Version)


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def read(raw: Mapping[str, Any], entry: str, package: str) -> PythonReading:
    """Return the reading of the raw answers; raise pydantic's ValidationError if their form is unknown."""
    found, installed = Releases(raw["index"]), raw["install"]
    metadata: Mapping[str, Any] = parse_email(installed["metadata"])[0] if installed["packages"] else {}
    reasons: dict[str, str] = {}
    refused = "; ".join(f"{series}: {reason}" for series, reason in installed["refused"].items())
    unknown = None if installed["packages"] else f"it cannot be installed: {refused or 'no Python admitted was tried'}"
    data = {
        "entry": entry,
        "ecosystem": "pypi",
        "package": package,
        "moment": raw["read"],
        "command": f"python -m lab registry {entry}",
        "vulnerabilities": _vulnerabilities(raw, found.latest, reasons),
        **_dates(found, raw["read"]),
        **_described(metadata, installed, unknown, reasons),
        **_installation(installed, canonicalize_name(package_name(package)), metadata, unknown, reasons),
        "not-available": reasons,
    }
    return PythonReading.model_validate(data, by_name=False)


def _described(
    metadata: Mapping[str, Any], installed: Mapping[str, Any], unknown: str | None, reasons: dict[str, str]
) -> dict[str, Any]:
    """Return what the metadata and the files of the release say; `unknown` is the reason if there are none."""
    requires = metadata.get("requires_python")
    status = [name.removeprefix(STATUS) for name in metadata.get("classifiers", ()) if name.startswith(STATUS)]
    named = licence(metadata, installed.get("licences", {})) or (None, None)
    typed = installed.get("typed") or [None]
    fields: dict[str, tuple[Any, str]] = {
        "requires-python": (requires, "the release's metadata states none"),
        "development-status": (status, "no classifier states one"),
        "licence.expression": (named[0], "neither a field, a licence text nor a classifier names exactly one"),
        "licence.read-from": (named[1], "no licence was recognised"),
        "typed.marker": (installed["packages"], ""),
        "typed.file": (typed[0], "the installed release has no py.typed"),
    }
    reasons.update({name: unknown or reason for name, (value, reason) in fields.items() if not value})
    return {
        "requires-python": requires,
        "pythons": _pythons(metadata),
        "development-status": status[0] if status else None,
        "licence": {"expression": named[0], "read-from": named[1]},
        "typed": {"marker": None if unknown else bool(typed[0]), "file": typed[0]},
    }


def releases(raw: Mapping[str, Any], _: dict[str, str]) -> dict[str, Any]:
    """Return what the index's answer says of the releases; PyPI dates them all, so no reason is added."""
    return _dates(Releases(raw["index"]), raw["read"])


def _dates(releases: Releases, moment: str) -> dict[str, Any]:
    days = {version: utc_day(uploaded) for version, uploaded in releases.final.items()}
    in_order = sorted(days, key=lambda version: (days[version], Version(version)))
    return {
        "dates-from": "the index's upload time of each release's first file",
        "latest": {"version": releases.latest, "released": days[releases.latest]},
        "first-release": days[in_order[0]],
        "releases": [(days[version], version) for version in in_order],
        "yanked": [
            {"version": version, "released": utc_day(uploaded), "reason": " ".join(reason.split())}
            for version, (uploaded, reason) in sorted(releases.yanked.items(), key=lambda item: item[1][0])
        ],
        **cadence(list(days.values()), utc_day(moment)).fields(),
    }


def _pythons(metadata: Mapping[str, Any]) -> list[str]:
    """Return the series of CPython that the classifiers declare."""
    tails = [name.removeprefix(PYTHON) for name in metadata.get("classifiers", ()) if name.startswith(PYTHON)]
    declared = [tail for tail in tails if tail.count(".") == 1 and tail.replace(".", "").isdigit()]
    return sorted(declared, key=Version)


def _vulnerabilities(
    raw: Mapping[str, Any], latest: str, reasons: dict[str, str]
) -> list[dict[str, str | list[str]]] | None:
    if not all(OWN_SIGN in file for file in raw["index"]["releases"][latest]):
        reasons["vulnerabilities"] = f"a mirror added {latest} to the index's answer, whose list is of an older release"
        return None
    if not raw["control"]["vulnerabilities"]:
        reasons["vulnerabilities"] = f"the index names none even for {raw['control']['package']}, which has some"
        return None
    return merged([found for found in raw["index"]["vulnerabilities"] if not found.get("withdrawn")])


def merged(found: Sequence[Mapping[str, Any]]) -> list[dict[str, str | list[str]]]:
    """Return one item per vulnerability: advisories that share a name are the same one, from two databases."""
    groups: list[list[str]] = []
    for names in ([item["id"], *item["aliases"]] for item in found):
        same = [group for group in groups if set(group) & set(names)]
        groups = [group for group in groups if group not in same]
        groups.append(list(dict.fromkeys([name for group in [*same, names] for name in group])))
    return [{"id": first, "aliases": sorted(others)} for first, *others in sorted(groups)]


def direct(metadata: Mapping[str, Any], series: str) -> list[str]:
    """Return the names that the package itself requires on that series of CPython, without extras."""
    environment = {"python_version": series, "python_full_version": f"{series}.0", "extra": ""}
    wanted = [Requirement(text) for text in metadata.get("requires_dist", ())]
    needed = [item for item in wanted if not item.marker or item.marker.evaluate(environment)]
    return sorted({canonicalize_name(item.name) for item in needed})


def _installation(
    installed: Mapping[str, Any],
    name: str,
    metadata: Mapping[str, Any],
    unknown: str | None,
    reasons: dict[str, str],
) -> dict[str, Any]:
    if unknown:
        fields = ("installed", "dependencies", "installed-size")
        reasons.update(dict.fromkeys(fields, unknown))
        return dict.fromkeys(fields)
    others = sorted(set(installed["packages"]) - {name})
    named = [other for other in direct(metadata, installed["series"]) if other in others]
    return {
        "installed": {"runtime": installed["on"], "command": installed["command"]},
        "dependencies": {"direct": named, "transitive": len(others) - len(named), "all": others},
        "installed-size": {
            "alone": installed["packages"][name]["bytes"],
            "with-dependencies": sum(package["bytes"] for package in installed["packages"].values()),
        },
    }
